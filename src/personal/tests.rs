use super::*;

fn kinds(text: &str) -> Vec<&'static str> {
    Finder::default().find(text).into_iter().map(|found| found.kind.id()).collect()
}

fn values(text: &str) -> Vec<&str> {
    Finder::default().find(text).into_iter().map(|found| &text[found.at]).collect()
}

#[test]
fn each_kind_is_found_where_it_stands() {
    for (text, kind, value) in [
        ("Her NHS number is 401 023 2137, she said", "nhs-number", "401 023 2137"),
        ("NI AB 12 34 56 C was given", "national-insurance-number", "AB 12 34 56 C"),
        ("licence MORGA657054SM9IJ seen", "driving-licence", "MORGA657054SM9IJ"),
        ("DOB: 12/03/1985 on file", "date-of-birth", "12/03/1985"),
        ("born on 3rd of March 1985", "date-of-birth", "3rd of March 1985"),
        ("12.3.85 (date of birth)", "date-of-birth", "12.3.85"),
        ("moved to CR2 6XH in May", "postcode", "CR2 6XH"),
        ("ring 07912 345 678 after five", "phone-number", "07912 345 678"),
        ("ring +44 (0)20 7031 3000", "phone-number", "+44 (0)20 7031 3000"),
        ("write to kim@mail.co.uk today", "e-mail-address", "kim@mail.co.uk"),
        ("drives AB51 ABC", "vehicle-registration", "AB51 ABC"),
        ("his car is K1 ABC", "vehicle-registration", "K1 ABC"),
        ("stays at Flat 3, 12 Long Mill Road with a friend", "street-address", "Flat 3, 12 Long Mill Road"),
        ("saw Mrs O'Hara-Green there", "titled-name", "Mrs O'Hara-Green"),
    ] {
        assert_eq!((kinds(text), values(text)), (vec![kind], vec![value]), "{text}");
    }
}

#[test]
fn ordinary_minutes_hold_none() {
    for text in [
        "Reviewed on 12/03/2026 at 10 20 30 a day; next review 2026-04-09, 01.02.2026 12:30.",
        "The hostel was born in 1985, and the rule of 14 days stands. Ref QLM-7KQ2, ISA-2025-1.",
        "HbA1c, h1 and h2; room 12 on the first floor; ISBN 0306406152; call 999, 111 or 116 123.",
        "She owes £1,234.56 and 0900-1000 is the slot. IP 192.168.10.20. 401-023-2138 is not one.",
        "The doctor and miss the point. 2024 Annual Review. A 12 Step programme on the Street.",
    ] {
        assert_eq!(kinds(text), [] as [&str; 0], "{text}");
    }
}

#[test]
fn what_is_kept_for_tests_and_stories_or_belongs_to_an_office_passes() {
    let text = "943 476 5919, 07700 900123, 020 7946 0123, kim@example.org, ZZ 12 34 56 A, 0808 2000 247, 0300 123 4567";
    assert_eq!(kinds(text), [] as [&str; 0]);
    let finder = Finder::new(Names::default(), &["@quillmere.gov.uk".to_owned()]);
    let found = finder.find("duty@quillmere.gov.uk, duty@housing.quillmere.gov.uk, duty@notquillmere.gov.uk");
    assert_eq!(found.len(), 1);
}

#[test]
fn a_number_is_found_however_it_is_set() {
    for text in [
        "401\u{a0}023\u{a0}2137",
        "401\n      023 2137",
        "401\u{2011}023\u{2013}2137",
        "４０１０２３２１３７",
        "40\u{200b}10232137",
        "é401 023 2137.".trim_start_matches('é'),
    ] {
        assert_eq!(kinds(text), ["nhs-number"], "{text:?}");
    }
}

#[test]
fn names_are_those_of_the_list() {
    let finder = Finder::new(Names::of(["Jo Baker", "Siân Ó Briain", "Spike", "Al Po"]), &[]);
    let found = |text: &str| finder.find(text).iter().map(|found| text[found.at.clone()].to_owned()).collect::<Vec<_>>();
    assert_eq!(found("jo  baker came, and BAKER said that Baker's dog barks"), ["jo  baker", "BAKER", "Baker"]);
    assert_eq!(found("a baker in the spike of demand, Bakers, po, Po"), [] as [&str; 0]);
    assert_eq!(found("Siân Ó Briain and Spike, and al po"), ["Siân Ó Briain", "Spike", "al po"]);
    assert_eq!(finder.find("Jo Baker")[0].kind, Kind::KnownName);
}

#[test]
fn nothing_of_a_value_is_left_in_what_is_shown() {
    let finder = Finder::new(Names::of(["Jo Baker"]), &[]);
    let shown = finder.masked("Jo Baker, 401 023 2137, kim@mail.co.uk: ring back");
    assert_eq!(shown, "•• •••••, ••• ••• ••••, •••@••••.••.••: ring back");
    assert!(matches!(finder.masked("nothing here"), Cow::Borrowed(_)));
}
