//! Words that judge a person, each with a plainer one that says what happened.
//!
//! The list follows published guidance from the United Kingdom; the letters say which:
//!
//! - C: Centre for Homelessness Impact and King's College London, *Talking about homelessness*, 2025: the person before the housing status;
//!   nothing that makes people out to be different in kind, or their circumstances a choice.
//! - D: Scottish Drugs Forum, *Moving beyond "people first" language: a glossary of contested terms in substance use*, 2020; and the Scottish
//!   Government's stigma charter of 2021, which names `addict`, `alcoholic`, `junkie`, `clean` and `substance abuse`.
//! - M: Mind's advice as England Athletics and Leeds MindWell hand it on: a person has a diagnosis and is not one; not `suffers from`.
//! - N: NICE guideline NG214 (2022), 1.1.3 and 1.1.4: how people engage comes of what services did to them, so say what the service did.
//! - P: HM Prison and Probation Service since 2020, and the Ministry of Justice's style guide: people on probation, not offenders.
//! - S: Suicide and Self-harm Prevention Cymru, *Use of language*: `died by suicide`, not `committed`; no `successful` attempt.
//! - V: The Children's Society and NAPAC for the CSE Taskforce, *An appropriate language guide*, 2024: no word that lays it on who was harmed.
//! - E: as the group that this program was first made for sees it; no published guidance was found that has the very words.
//!
//! Words that are also ordinary (`clean`, `refused`, `vulnerable`) stand here only in the phrases that judge, and office names are left alone.

/// Some words, and what to write for them.
pub(super) const BUILT_IN: &[(&[&str], &str)] = &[
    // N
    (&["hard to reach", "difficult to reach"], "say what has not worked so far: `we have not found a way to reach …`"),
    (
        &["hard to engage", "difficult to engage", "refuses to engage", "refused to engage", "will not engage", "won't engage"],
        "say what was offered, how and when, and what came back",
    ),
    (
        &["failed to engage", "failure to engage", "non engager", "disengaged from services"],
        "say what was offered and what happened: `did not come to the three appointments offered by letter`",
    ),
    (&["failed to attend", "fails to attend", "failed to turn up"], "`did not come`, with what is known of why"),
    (&["DNA", "DNAs", "DNA'd"], "`did not come`, with what is known of why"),
    (&["non compliant", "non compliance", "noncompliant"], "say what was asked, and what the person did or said"),
    (&["service resistant", "treatment resistant client", "disguised compliance"], "say what was agreed, and what happened"),
    (&["revolving door"], "say how often, and what was missing each time"),
    (&["frequent flyer", "heavy user of services"], "say how often, where, and what for"),
    // C
    (
        &["the homeless are", "the homeless who", "the homeless in", "the homeless on", "the homeless and", "homeless male", "homeless female"],
        "`people who are homeless`",
    ),
    (&["vagrant", "tramp", "down and out", "street dweller"], "`a person who sleeps rough`"),
    (
        &[
            "intentionally made himself homeless",
            "intentionally made herself homeless",
            "made themselves homeless",
            "made himself homeless",
            "made herself homeless",
        ],
        "say what ended the last home",
    ),
    (&["lifestyle choice", "chaotic lifestyle", "chooses to sleep rough", "choosing to sleep rough"], "say what happens, and what the person says about it"),
    (&["chaotic"], "say what happens: appointments missed, moves, who is there"),
    // D
    (&["addict", "drug addict", "junkie", "smackhead", "druggie", "crackhead"], "`a person who uses …`, or who has problems with it"),
    (&["alcoholic", "wino", "drunkard"], "`a person who drinks …`, with how much if it is known"),
    (
        &[
            "substance abuse",
            "drug abuse",
            "alcohol abuse",
            "substance misuse",
            "drug misuse",
            "substance misuser",
            "drug misuser",
            "substance abuser",
            "drug abuser",
        ],
        "`substance use`, or the substance by its name",
    ),
    (
        &["got clean", "gets clean", "staying clean", "stay clean", "dirty urine", "dirty sample", "dirty test", "clean sample"],
        "`not using`, `in recovery`; a test is `positive` or `negative`",
    ),
    // M
    (&["a schizophrenic", "schizophrenics", "is schizophrenic"], "`a person with schizophrenia`"),
    (&["nutter", "mentally unstable"], "say what was seen or heard"),
    (&["is bipolar", "is PD"], "`has a diagnosis of …`"),
    (&["suffers from", "suffering from"], "`has`, or `lives with`"),
    (&["attention seeking", "attention seeker"], "say what the person did, and what they asked for"),
    (&["manipulative", "manipulating staff"], "say what the person did and asked for"),
    (&["wheelchair bound", "confined to a wheelchair"], "`uses a wheelchair`"),
    // S
    (&["committed suicide", "commit suicide", "commits suicide", "successful suicide", "completed suicide"], "`died by suicide`, `took their own life`"),
    (
        &["failed suicide", "unsuccessful suicide", "failed attempt at suicide", "suicidal gesture", "cry for attention"],
        "`attempted suicide`, with what happened",
    ),
    // P
    (
        &["ex offender", "ex con", "ex convict", "an offender", "the offender", "prolific offender", "criminal lifestyle"],
        "`a person on probation`, `with a conviction for …`, with the year",
    ),
    // V
    (&["prostitute", "prostituting herself", "prostituting himself"], "`sells sex`, or `is exploited through sex`"),
    (
        &[
            "puts himself at risk",
            "puts herself at risk",
            "put themselves at risk",
            "putting himself at risk",
            "putting herself at risk",
            "putting themselves at risk",
            "placing himself at risk",
            "placing herself at risk",
        ],
        "say who or what the danger comes from",
    ),
    (&["promiscuous"], "leave it out, or say what the harm is and who does it"),
    // E
    (&["bed blocker", "bed blocking"], "`ready to leave, and waiting for …`"),
    (&["known to us as", "well known to police", "well known to services", "usual suspects"], "say what is known, from when, and by whom"),
    (&["challenging behaviour", "behaves badly"], "say what was said and done, and what came before it"),
    (&["unmotivated", "lacks motivation", "not motivated to change"], "say what was offered, and what stood in the way"),
    (&["not ready to change", "does not want help", "doesn't want help"], "say what was offered, and what the person wants instead"),
    (&["undeserving", "time waster", "troublemaker"], "say what happened"),
];

/// Where the words stand in these, nobody is judged: names of offices and teams, and other things that are called alike.
pub(super) const OTHERWISE: &[&str] = &[
    "the offender manager",
    "an offender manager",
    "the offender management",
    "an offender management",
    "an offender scheme",
    "the offender scheme",
    "substance misuse team",
    "substance misuse service",
    "substance misuse worker",
    "substance misuse nurse",
    "substance misuse treatment",
    "substance misuse provider",
    "drug misuse team",
    "drug misuse service",
    "alcoholic drink",
    "alcoholic liver",
    "alcoholic hepatitis",
    "non alcoholic",
    "alcoholics anonymous",
    "DNA evidence",
    "DNA sample",
    "DNA test",
    "DNA profile",
];
