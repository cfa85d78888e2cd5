//! Everything that can be wrong with a file as such: one table, which `marg check --explain` and the documentation read.

use crate::source::{Code, Severity};

macro_rules! wrong {
    ($($name:ident $(: $unwise:ident)? = $id:literal, $summary:literal, $explain:literal;)+) => {
        $(pub static $name: Code = Code { id: $id, severity: severity!($($unwise)?), summary: $summary, explain: $explain };)+

        /// All of them, in the order of the documentation: the file, its text, its shape, its meaning.
        pub static ALL: &[&Code] = &[$(&$name),+];
    };
}

/// Wrong, where nothing else is said.
macro_rules! severity {
    () => {
        Severity::Wrong
    };
    ($other:ident) => {
        Severity::$other
    };
}

wrong! {
    NO_GROUP = "no-group", "the workspace has no readable marg.yaml",
        "A workspace is a folder with a file `marg.yaml`, which names the group, its agencies and its services. `marg init` writes one to start from.";
    UNREADABLE = "unreadable", "a file cannot be opened",
        "The computer does not let this program read the file: it may be open in another program, or belong to somebody else. Nothing was changed.";
    LINK = "link", "a link stands where a file should be",
        "A link points to a file somewhere else, perhaps outside the workspace, so it is not followed. Put the file itself there.";
    FILE_ENDING = "file-ending", "a file has an ending that is not read",
        "Meetings and themes are files that end in `.yaml`. A file that ends in `.yml`, `.yaml.txt` or the like would be passed over without a word, so it is said here. Rename it.";
    FILE_NAME = "file-name", "a file's name cannot be an id",
        "The name of a file is the id of the meeting or theme in it: letters, digits, hyphens, dots and underscores, beginning with a letter or digit. It is used in file names of its own, so it may hold nothing else.";
    SAME_NAME = "same-name", "two files have the same id",
        "The file's name is the meeting's or theme's id, also when the files lie in different folders. Rename one of them.";
    TOO_LARGE = "too-large", "a file is larger than 1 MiB",
        "A meeting is a few pages of text, about 10 KB. A file a hundred times that size is not a meeting: something was pasted into it, or it is an attack.";
    NOT_UTF8 = "not-utf8", "a file is not saved as UTF-8",
        "The file was saved in an old encoding, in which letters such as é or £ are stored differently. In the editor choose *Save as* and the encoding UTF-8.";
    EMPTY_FILE = "empty-file", "a file has nothing in it",
        "A meeting needs at least `meeting` and `date`, a theme `title` and `kind`. If the file is not needed, delete it.";
    CONTROL_CHARACTER = "control-character", "a character that cannot be seen stands in the text",
        "Characters that steer a terminal or a printer have no place in minutes. They come with text copied from other programs. Delete the place and type it again.";
    CONFLICT_MARKERS = "conflict-markers", "git has left two versions in the file",
        "Two people changed the same lines. Between `<<<<<<<` and `=======` stands one version, between `=======` and `>>>>>>>` the other. Keep what is right of both, and delete the three lines of signs.";
    NOT_YAML = "not-yaml", "the text does not follow the rules of the format",
        "A file is made of lines `name: value`. A colon is followed by a space. What belongs to a thing stands two spaces further in, made with the space bar and not with the tab key. Each entry of a list begins with a dash and a space. A text that holds `: ` or ` #`, or begins with a sign such as `*`, `&`, `@`, `%`, `!`, `[`, `{`, `>` or a quotation mark, goes into quotes.";
    TOO_DEEP = "too-deep", "the text nests more than 16 levels",
        "A meeting nests about six levels. More is a slip, or an attack on the program that reads it.";
    ALIAS = "alias", "an anchor or alias is used",
        "YAML lets a text name a place with `&` and repeat it with `*`. A few lines can grow to gigabytes that way, so it is not read. If a text only begins with one of these signs, put it in quotes.";
    TAG = "tag", "a type tag is used",
        "YAML lets a text name a type with `!`. Meetings do not need it, and some programs can be made to run things by it, so it is not read. If a text only begins with `!`, put it in quotes.";
    SECOND_DOCUMENT = "second-document", "a line --- divides the file in two",
        "In YAML a line of three dashes begins a second document. A file holds one meeting or one theme. Delete the line, or put what follows into a file of its own.";
    LOST_AFTER_HASH: Unwise = "lost-after-hash", "a # cuts a text short",
        "What stands behind a space and `#` is a remark, which is not read. In `what: Call Room #12 about the key` only `Call Room` is left. Put the text in quotes. A remark that is meant as one has a space after the sign: `# like this`.";

    LAXER_RULE: Unwise = "laxer-rule", "a rule for publishing is laxer than the standard",
        "A group can be stricter than the standard with the numbers that leave it: for a board 1 to 4 are hidden, for the public 1 to 7, and the rest is rounded to 5. What is laxer is not used, since there is no place yet to record who decided it, and why.";

    UNKNOWN_FIELD = "unknown-field", "a field has a name that is not known",
        "A misspelt field would be passed over, and what stands in it lost, so it is an error. The documentation lists every field of every file.";
    DUPLICATE_FIELD = "duplicate-field", "a field stands twice",
        "Only one of the two could be kept, and the other would be lost without a word. Often the second is the first line of a new entry whose dash is missing.";
    WRONG_TYPE = "wrong-type", "a value is of the wrong kind",
        "A text, a list, a group of fields and a number are different things. A list has its entries on lines of their own, each beginning with a dash, or in brackets. Texts that hold `: ` go into quotes.";
    EMPTY_ENTRY = "empty-entry", "an entry of a list is empty",
        "A dash with nothing behind it says nothing. Fill it or take it away. A whole list may be left blank.";

    MISSING_FIELD = "missing-field", "a field that is needed is not there",
        "Few fields are needed: without them the rest could not be counted or understood.";
    UNKNOWN_WORD = "unknown-word", "a word is none of those that a field knows",
        "Figures are counted over these words, so a misspelt one would be left out of them. The message lists the words.";
    BAD_DATE = "bad-date", "a date is none",
        "Dates are written year, month, day with hyphens: `2026-03-12`. That is the one order that nobody can misread, and in which files sort.";
    BAD_TIME = "bad-time", "a time is none",
        "Times are written with four digits, from 00:00 to 23:59: `09:30`.";
    BAD_YES_NO = "bad-yes-no", "neither yes nor no",
        "Write `yes` or `no` (`true` or `false` mean the same). Where nobody has decided yet, leave the field out: then the text is not shared.";
    BAD_REF = "bad-ref", "a case ref has other characters than capitals, digits and hyphens",
        "A ref is a pseudonym of 3 to 24 capitals, digits and hyphens, such as `QLM-7KQ2`. It is used in file names and lists, so it may hold nothing else; and it must not be made from the person's name or date of birth.";
    BAD_ID = "bad-id", "an id has other characters than small letters, digits and hyphens",
        "Ids are written in small letters, digits and hyphens, up to 64 of them, such as `k7q2` or `housing-options`.";
    UNKNOWN_THEME = "unknown-theme", "a theme is not in the codebook",
        "Every theme is a file in `themes/`, and its id is the file's name. Either the id is misspelt, or the theme still has to be written: `themes/THE-ID.yaml` with a title, a kind and a definition.";
    WRONG_KIND = "wrong-kind", "a theme of one kind stands where another belongs",
        "A need is the person's circumstance, a barrier is what the system does to them, an enabler is what worked. They are counted apart, so `needs` takes themes of kind need, and `barriers` of kind barrier.";
    UNKNOWN_PLACE = "unknown-place", "a place is not in the plan",
        "The places of a planned day are listed once in its file, under `places`, with an id and a name. Either the id is misspelt, or the place is missing there.";
    TOO_MUCH = "too-much", "a plan holds more than a day does",
        "Whether a day can be walked is found by trying every order of its stops, so there may be ten of them, and no stop or way may take longer than a day.";
    PLAN_OF_NOBODY: Unwise = "plan-of-nobody", "a plan is for a case that no meeting knows",
        "The ref of a plan is that of a case of the meetings, so that its day is found with the case. Either the ref is misspelt, or the case is new and has not been discussed yet.";
    OTHER_RELEASE_DAY: Unwise = "other-release-day", "the last meeting names another day of release than the plan",
        "A day that is planned on the wrong date is of no use to anybody. Ask the prison which day it is, and correct the plan, or say the new day under `custody` at the next meeting.";
    UNKNOWN_MEETING = "unknown-meeting", "there is no such meeting",
        "What a second person tagged belongs to a meeting: a file in `meetings/`, by its name without `.yaml`. Either the name is misspelt, or the meeting was renamed since.";
    NOT_DISCUSSED = "not-discussed", "a case was not discussed at that meeting",
        "What a second person tagged can only be compared with a discussion that there was. Either the ref is misspelt, or the tags belong to another meeting.";
    LOOKED_AT_TWICE = "looked-at-twice", "a person has tagged one discussion twice",
        "Each person says once of each discussion what fits. Two entries, in one file or in two, could contradict each other.";
    NO_TAGGER = "no-tagger", "nobody knows whose tags these are",
        "Whoever tags a second time has a folder of their own in `tagging/`: `tagging/KIM/2026-03-12-marg.yaml`. Move the file into the folder of the person whose tags it holds.";
    UNKNOWN_AGENCY = "unknown-agency", "an agency is not in marg.yaml",
        "Agencies are listed once, in `marg.yaml`, with an id and a name. Either the id is misspelt, or the agency is new and belongs into that list.";
    UNKNOWN_SERVICE = "unknown-service", "a service is not in marg.yaml",
        "Services are listed once, in `marg.yaml`, with an id and a name. Either the id is misspelt, or the service is new and belongs into that list.";
    CASE_TWICE = "case-twice", "a case stands twice in one meeting",
        "One meeting has one discussion of a person. Put the two together, or correct the ref of one of them.";
    ID_TWICE = "id-twice", "an id is used twice",
        "Ids of actions, learning points, barriers and statements are unique in the workspace: what is said about one must not be taken for the other. Give the newer one another, such as four random letters and digits, or leave it out.";
    UNKNOWN_ACTION = "unknown-action", "nothing in the workspace has the id that is reported on",
        "Under `previous_actions` stands what became of an action that an earlier meeting set, by its id. Look the id up with `marg actions`.";
    UNKNOWN_EVIDENCE = "unknown-evidence", "nothing in the workspace has the id that a statement rests on",
        "A statement of a guide rests on learning points, barriers or actions, by their ids. Look the id up in the meeting's file.";
    THEME_ID_TWICE = "theme-id-twice", "an id stands for two themes",
        "An earlier id under `also_known_as` must not be the id of another theme, or an earlier id of another: it could not be said which is meant.";
    RECORD_CHANGED: Unwise = "record-changed", "minutes that were agreed have changed since",
        "What a meeting agreed is what everybody there relies on. What has happened since belongs into the file of the next meeting. If the record itself was mistaken and the meeting has agreed it as it is now, `marg minutes agree MEETING --again` says so. Remarks, blank lines, quotes and the order of fields are no change.";
    ONE_OF = "one-of", "of several fields exactly one is needed",
        "A learning point says what worked, what did not, or what nobody could answer; an agenda line is an item or a case. Two things are two entries.";
}
