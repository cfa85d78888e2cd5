//! Help that starts with examples, the manual inside the program, and guesses at what was meant.

use std::ffi::OsString;

use crate::harness::{TestWorkspace, each_command, repository, run, run_with};

/// The words of an example, as a shell would hand them on; what stands after a pipe or goes into a file is another program's.
fn words(example: &str) -> Vec<OsString> {
    // What stands between quotes is one word.
    let parts = example.split('"').enumerate().flat_map(|(nth, part)| if nth % 2 == 1 { vec![part] } else { part.split_whitespace().collect() });
    parts.take_while(|word| !matches!(*word, "|" | "<" | ">" | "&&" | "||")).map(OsString::from).collect()
}

#[test]
fn every_command_begins_with_examples_and_each_can_be_typed() {
    let program = marg::cli::command_line(100);
    let mut seen = 0;
    each_command(&program, &mut |name, command| {
        for (kind, help) in [("-h", command.clone().render_help()), ("--help", command.clone().render_long_help())] {
            let help = help.to_string();
            let mut paragraphs = help.split("\n\n");
            let about = paragraphs.next().unwrap();
            assert!(!about.is_empty() && about.lines().count() <= 2, "{name} {kind}:\n{help}");
            let examples = paragraphs.next().unwrap();
            let examples = examples.strip_prefix("Examples:\n").unwrap_or_else(|| panic!("`{name} {kind}` does not begin with examples:\n{help}"));
            assert!(help.find("Examples:") < help.find("Usage:") && help.matches("Examples:").count() == 1, "{name} {kind}");
            let own = |line: &&str| line.starts_with("  marg");
            assert!(examples.lines().filter(own).count() >= if name == "marg" { 5 } else { 1 }, "{name}");
            for line in examples.lines().filter(own) {
                let example = line.trim().split("  ").next().unwrap();
                assert!(name == "marg" || example == name || example.starts_with(&format!("{name} ")) || example.starts_with("marg -C"), "{name}: {example}");
                let parsed = program.clone().try_get_matches_from(words(example));
                assert!(parsed.is_ok(), "{example}: {}", parsed.unwrap_err());
                seen += 1;
            }
        }
    });
    assert!(seen > 60, "{seen}");
}

#[test]
fn examples_of_the_sample_work() {
    // These write, or need more than the sample: a history, or another workspace.
    let writes = [
        "agenda",
        "chair",
        "actions done",
        "actions not-possible",
        "actions not-done",
        "actions superseded",
        "actions open",
        "actions undo",
        "tag",
        "report",
        "cop",
        "publish",
        "guide",
        "init",
        "completions",
        "man",
        "schema",
        "template",
        "minutes",
        "themes history",
        "themes compare",
        "themes export",
        "themes import",
        "people",
        "hook",
        "key",
        "seal",
        "open",
        "forget",
        "sar",
        "themes add",
        "themes rename",
        "themes merge",
        "themes retire",
        "themes undo",
        "themes split",
        "themes adopt",
        // The sample's day cannot be walked, and says so by how it ends.
        "release-day",
    ];
    let workspace = TestWorkspace::empty();
    each_command(&marg::cli::command_line(100), &mut |name, command| {
        if name == "marg" || writes.iter().any(|writes| name.starts_with(&format!("marg {writes}"))) {
            return;
        }
        let help = command.clone().render_help().to_string();
        let changes = |line: &str| writes.iter().any(|writes| line.starts_with(&format!("  marg {writes}")));
        for line in help
            .lines()
            .filter(|line| line.starts_with("  marg") && !["--page", "--people", "--staged"].iter().any(|other| line.contains(other)) && !changes(line))
        {
            let example: Vec<String> = words(line.trim().split("  ").next().unwrap()).into_iter().map(|word| word.into_string().unwrap()).collect();
            let mut arguments: Vec<&str> = example.iter().skip(1).map(String::as_str).collect();
            arguments.retain(|word| !matches!(*word, "-o" | "--output") && !word.ends_with(".xlsx"));
            let ran = run_with(&workspace.path(""), &arguments, &[("MARG_DIR", repository().to_str().unwrap())]);
            assert_eq!(ran.code, Some(0), "{line}: {ran}");
        }
    });
}

#[test]
fn help_fits_the_screen() {
    for width in [60_usize, 80] {
        each_command(&marg::cli::command_line(width), &mut |name, command| {
            for help in [command.clone().render_help(), command.clone().render_long_help()] {
                for line in help.to_string().lines() {
                    // The signs of a usage line are clap's, which does not fold them; what is typed stays on one line.
                    let whole = line.starts_with("Usage:") || line.starts_with("  marg ");
                    assert!(line.chars().count() <= width || whole, "{name} at {width}: {line}");
                }
            }
        });
    }
}

#[test]
fn without_a_command_there_is_short_help_and_it_is_a_mistake_all_the_same() {
    let ran = run(repository(), &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""));
    assert!(ran.stderr.starts_with("A toolkit for multi-agency resolution groups\n\nExamples:\n  marg init my-group"), "{ran}");
    assert!(run(repository(), &["--version"]).answer().starts_with("marg 0."));
}

#[test]
fn help_on_a_command_is_its_long_help() {
    for words in [&["barriers"][..], &["check"], &["help"]] {
        assert_eq!(run(repository(), &[&["help"], words].concat()).answer(), run(repository(), &[words, &["--help"]].concat()).answer());
    }
    assert_eq!(run(repository(), &["help"]).answer(), run(repository(), &["-h"]).answer());
}

/// Letters and digits alone, which no setting of a page may change.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn the_manual_is_the_documentation_to_the_word() {
    for page in
        ["words", "files", "fields", "changing-files", "figures", "findings", "privacy", "people", "templates", "exit-codes", "json", "between-meetings"]
    {
        let shown = run(repository(), &["help", page]).answer();
        let source = std::fs::read_to_string(repository().join("docs").join(page).with_extension("md")).unwrap();
        let all = letters(&shown);
        for paragraph in source.split("\n\n").filter(|text| !text.contains('[') && !text.contains("```") && !text.starts_with('|') && !text.contains('&')) {
            let words = letters(&paragraph.lines().map(|line| line.trim_start_matches(['#', '-', ' '])).collect::<String>());
            assert!(all.contains(&words), "`marg help {page}` lacks: {paragraph}");
        }
        for cell in source.lines().filter(|line| line.starts_with("| ") && !line.contains("](")).flat_map(|line| line.split(" | ")) {
            for word in cell.split_whitespace().map(letters) {
                assert!(all.contains(&word), "`marg help {page}` lacks `{word}` of `{cell}`");
            }
        }
        let narrow = run_with(repository(), &["help", page], &[("COLUMNS", "60")]).answer();
        let long = narrow.lines().filter(|line| !line.starts_with("    ")).find(|line| line.chars().count() > 60);
        assert_eq!(long, None, "{page}");
    }
    assert!(run(repository(), &["help"]).answer().contains("  exit-codes        how a command ends, for scripts"));
}

#[test]
fn exit_codes_are_what_the_manual_says() {
    let broken = TestWorkspace::new().file("meetings/a.yaml", "meeting: marg\n");
    let manual = run(repository(), &["help", "exit-codes"]).answer();
    for (code, ran) in [
        (0, run(repository(), &["check"])),
        (0, run(repository(), &["help"])),
        (1, broken.marg(&["check"])),
        (2, run(repository(), &["tga"])),
        (2, run(repository(), &["case", "ZZZ-22"])),
        (3, broken.marg(&["barriers"])),
        (3, TestWorkspace::empty().marg(&["barriers"])),
    ] {
        assert_eq!(ran.code, Some(code), "{ran}");
        assert!(manual.lines().any(|line| line.starts_with(&format!("{code} "))), "{manual}");
    }
}

#[test]
fn whatever_is_misspelt_is_guessed_and_ends_with_2() {
    for (typed, meant) in [
        (&["chekc"][..], "check"),
        (&["barrier"], "barriers"),
        (&["acitons"], "actions"),
        (&["hlep"], "help"),
        (&["barriers", "--min-poeple", "3"], "--min-people"),
        (&["actions", "--overdeu"], "--overdue"),
        (&["check", "--dri", "."], "--dir"),
        (&["barriers", "--by", "agnecy"], "agency"),
        (&["themes", "--kind", "bariers"], "barrier"),
        (&["themes", "--format", "xslx"], "xlsx"),
        (&["barriers", "arson-block-housing"], "arson-blocks-housing"),
        (&["barriers", "--theme", "arson-housing"], "arson-blocks-housing"),
        (&["barriers", "--at", "northfeild-housing"], "northfield-housing"),
        (&["barriers", "--blocks", "suported-accomodation"], "supported-accommodation"),
        (&["actions", "--owner", "polcie"], "police"),
        (&["actions", "--meeting", "2026-03-12-mrag"], "2026-03-12-marg"),
        (&["case", "QLM-7QK2"], "QLM-7KQ2"),
        (&["check", "--explain", "veiws-missing"], "views-missing"),
        (&["check", "--only", "unknown-themes"], "unknown-theme"),
        (&["guide", "arson-block-housing"], "arson-blocks-housing"),
        (&["help", "figurs"], "figures"),
        (&["minutes", "2026-03-12-mrag"], "2026-03-12-marg"),
        (&["template", "lsit"], "list"),
        (&["template", "show", "reprot.md"], "report.md"),
        (&["help", "template", "ejcet"], "eject"),
        (&["help", "bariers"], "barriers"),
    ] {
        let ran = run(repository(), typed);
        assert_eq!(ran.code, Some(2), "{typed:?}: {ran}");
        assert!(ran.stderr.contains(&format!("did you mean `{meant}`?")), "{typed:?}: {ran}");
    }
    let a_ref = run(repository(), &["QLM-7KQ2"]);
    assert!(a_ref.stderr.contains("`marg case QLM-7KQ2` tells the story of a case"), "{a_ref}");
    let far_off = run(repository(), &["zebra"]);
    assert!(far_off.code == Some(2) && far_off.stderr.contains("hint: `marg help` lists them all"), "{far_off}");
}

#[test]
fn colour_in_help_and_mistakes_is_as_asked_for() {
    let coloured = |arguments: &[&str]| {
        let ran = run(repository(), arguments);
        (ran.stdout + &ran.stderr).contains('\u{1b}')
    };
    for arguments in [&["-h"][..], &["help", "figures"], &["tga"], &["barriers", "--by"]] {
        assert!(!coloured(arguments), "{arguments:?}");
        assert!(coloured(&[&["--color", "always"], arguments].concat()), "{arguments:?}");
        assert!(coloured(&[&["--color=always"], arguments].concat()), "{arguments:?}");
    }
}

#[test]
fn the_words_that_stand_everywhere_are_explained() {
    let words = run(repository(), &["help", "words"]).answer();
    for word in ["codebook", "theme", "need", "barrier", "enabler", "community of", "flexed once", "pseudonym", "eject", "schema"] {
        assert!(words.lines().any(|line| line.starts_with(word)), "{word} in\n{words}");
    }
}
