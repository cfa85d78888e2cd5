//! `marg tag --review`: discussions one by one, as plain lines and on the full screen, and a second person who sees nothing.

use crate::harness::TestWorkspace;
use crate::tmux::Terminal;

/// A meeting of many cases that nobody has tagged, and a codebook.
fn workspace(cases: usize) -> TestWorkspace {
    let mut meeting = "# Ours\nmeeting: marg\ndate: 2026-03-12\nstatus: held\ncases:\n".to_owned();
    for n in 10..10 + cases {
        let update = if n % 2 == 0 { "The hostel declined him because of the fire on record." } else { "She has no phone, so that nobody reaches her." };
        meeting += &format!("  - ref: TST-{n}   # case {n}\n    update: {update}\n");
    }
    TestWorkspace::new()
        .file("marg.yaml", "name: G\nagencies: [{ id: north, name: Northfield }]\nservices: [{ id: hostel-bed, name: A hostel bed }]\n")
        .file(
            "themes/fire-history.yaml",
            "title: Fire history blocks housing\nkind: barrier\ndefinition: A record of fire is the reason.\nindicators: [declined because of the fire]\n",
        )
        .file("themes/no-phone.yaml", "title: No phone\nkind: need\ndefinition: Nobody can ring.\nindicators: [no phone]\n")
        .file("meetings/m.yaml", meeting)
}

#[test]
fn lines_accept_refuse_name_note_and_take_back() {
    let workspace = workspace(3);
    let lines = "y\nmemo Ask for the letter about=rule\nnext\nn\nfire blocks=hostel-bed at=north\nundo\nnonsense\nnext\nq\n";
    let ran = workspace.marg_fed(&["tag", "--review", "--by", "KIM", "--plain"], lines);
    insta::assert_snapshot!(ran, @r"
    Tagged: Fire history blocks housing.
    Noted on Fire history blocks housing.
    Refused by KIM: No phone.
    Tagged: Fire history blocks housing, keeps from A hostel bed, at Northfield.
    Taken back: TST-11, Thursday 12 March 2026: Tagged: Fire history blocks housing, keeps from A hostel bed, at Northfield.
    --- stderr
    warning: line 7: there is no theme `nonsense`
    warning: line 7: `marg themes` lists them all
    warning: line 7: `find WORDS` looks in the codebook, `help` lists what can be said.
    3 changes are saved.
    warning: 1 line was not taken; see above
    --- exit 1
    ");
    insta::assert_snapshot!(workspace.read("meetings/m.yaml"), @r"
    # Ours
    meeting: marg
    date: 2026-03-12
    status: held
    cases:
      - ref: TST-10   # case 10
        update: The hostel declined him because of the fire on record.
        barriers:
          - { theme: fire-history, status: live }
        tagging:
          - { theme: fire-history, on: 2026-03-26, confirmed_by: KIM, memo: Ask for the letter, about: rule }
      - ref: TST-11   # case 11
        update: She has no phone, so that nobody reaches her.
        tagging:
          - { theme: no-phone, on: 2026-03-26, refused_by: KIM }
      - ref: TST-12   # case 12
        update: The hostel declined him because of the fire on record.
    ");
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
    // What was refused is not suggested again, and what has a theme is not among the untagged.
    let again = workspace.marg_fed(&["tag", "--review", "--by", "KIM", "--suggested"], "text\nq\n").to_string();
    assert!(again.contains("1 of 1: TST-12"), "{again}");
}

#[test]
fn who_tags_has_to_be_said_and_agreed_minutes_stay() {
    let workspace = workspace(1);
    let ran = workspace.marg_fed(&["tag", "--review"], "y\n").to_string();
    assert!(ran.contains("nobody has said who tags") && ran.contains("--by KIM"), "{ran}");
    let ran = workspace.marg_fed(&["tag", "--review", "--by", "KIM", "--meeting", "x"], "y\n").to_string();
    assert!(ran.contains("there is no meeting `x`"), "{ran}");
    let _ = workspace.marg(&["minutes", "agree", "m"]);
    let before = workspace.read("meetings/m.yaml");
    let ran = workspace.marg_fed(&["tag", "--review", "--by", "KIM"], "y\nq\n").to_string();
    assert!(ran.contains("are agreed") && ran.contains("--agreed-too") && workspace.read("meetings/m.yaml") == before, "{ran}");
}

#[test]
fn a_second_look_is_kept_apart_and_sees_nothing_of_the_first() {
    let workspace = workspace(2);
    let _ = workspace.marg_fed(&["tag", "--review", "--by", "KIM"], "y\nq\n");
    let record = workspace.read("meetings/m.yaml");
    let blind = ["tag", "--review", "--as", "SAM", "--blind"];
    let ran = workspace.marg_fed(&blind, "text\nno phone\nfire\n-no phone\nnext\nnone\nundo\nno phone\nq\n").to_string();
    assert!(ran.contains("Tagged: nothing yet") && !ran.contains("Suggested") && !ran.contains("KIM"), "{ran}");
    assert_eq!(workspace.read("meetings/m.yaml"), record);
    insta::assert_snapshot!(workspace.read("tagging/SAM/m.yaml"), @r"
    # yaml-language-server: $schema=../../schemas/tagging.schema.json
    meeting: m
    cases:
      - ref: TST-10
        themes: [fire-history]
      - ref: TST-11
        themes: [no-phone]
    ");
    // They go on another day where they were, and the remarks of the file stay.
    let own = workspace.read("tagging/SAM/m.yaml").replace("meeting: m", "meeting: m   # in the archive");
    let workspace = workspace.file("tagging/SAM/m.yaml", own);
    let ran = workspace.marg_fed(&blind, "text\nno phone\nq\n").to_string();
    assert!(ran.contains("Tagged: Fire history blocks housing"), "{ran}");
    assert!(workspace.read("tagging/SAM/m.yaml").contains("meeting: m   # in the archive"));
    let agreement = workspace.marg(&["agreement", "--disagreements"]).to_string();
    assert!(agreement.contains("SAM") && agreement.contains("no-phone"), "{agreement}");
}

#[test]
#[ignore = "needs tmux"]
fn twenty_discussions_are_tagged_on_a_small_screen_without_help() {
    let workspace = workspace(20);
    let terminal = Terminal::open(&workspace.path(""), (80, 24), &[]);
    terminal.line("marg tag --review --by KIM");
    terminal.sees("1 of 20: TST-10");
    for n in 1..=20 {
        terminal.sees(&format!("{n} of 20: TST-{}", n + 9));
        match n {
            // A name in a few letters, completed and accepted.
            5 | 10 => {
                terminal.types("hist");
                terminal.sees("A record of fire is the reason.");
                terminal.keys(&["Tab"]);
                terminal.keys(&["Enter"]);
            }
            7 => terminal.line("n"),
            8 => {
                terminal.line("y");
                terminal.sees("accepted");
                terminal.keys(&["C-z"]);
                terminal.sees("Taken back");
                terminal.line("y");
            }
            _ => terminal.line("y"),
        }
        terminal.sees(if n == 7 { "refused" } else { "Tagged:" });
        terminal.keys(&["PageDown"]);
    }
    terminal.sees("That was the last one.");
    terminal.keys(&["C-c"]);
    terminal.sees("ready>");
    assert!(!terminal.is_full_screen());
    let text = workspace.read("meetings/m.yaml");
    assert_eq!(text.matches("KIM").count(), 20, "{text}");
    assert_eq!(text.matches("refused_by: KIM").count(), 1, "{text}");
    assert_eq!(text.matches("   # case").count(), 20);
    assert_eq!(workspace.marg(&["check", "--wrong"]).code, Some(0));
}
