//! Lines about who is here, and what is said about and by the person.

use super::line::{after_word, around_word, at_colon, quoted};
use super::reply::Reply;
use super::state::{Doubt, State, Table, key_of};
use crate::model::{AgencyKey, Attendance, Confidentiality, Custody, Referral, View, known};
use crate::source::{list_of, nearest};

type Said = Result<Reply, Doubt>;

impl State {
    /// `present housing-options: Service manager, police and probation`.
    pub(super) fn attend(&mut self, table: &Table<'_>, status: &str, text: &str) -> Said {
        let mut agencies: Vec<(AgencyKey, Option<String>)> = Vec::new();
        for piece in text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty()) {
            match (several(table, piece), agencies.last_mut()) {
                (Ok(found), _) => agencies.extend(found),
                // A role with a comma in it.
                (Err(_), Some((_, Some(role)))) => *role = format!("{role}, {piece}"),
                (Err(why), _) => return Err(why.into()),
            }
        }
        if agencies.is_empty() {
            return Err("Which agency? For example: `present police: Inspector, probation`".into());
        }
        let said = |(key, role): &(AgencyKey, Option<String>)| match role {
            Some(role) => format!("{} ({role})", table.agency(*key)),
            None => table.agency(*key).to_owned(),
        };
        let names: Vec<String> = agencies.iter().map(said).collect();
        for (agency, role) in agencies {
            let entry = self.attendance(agency);
            entry.status = status.to_owned();
            entry.role = role.or(entry.role.take());
        }
        Ok(Reply::echo(format!("{}: {}.", title(&status.replace('-', " ")), list_of(&names, "and"))))
    }

    fn attendance(&mut self, agency: AgencyKey) -> &mut Attendance {
        let rows = &mut self.meeting.attendance;
        let at = rows.iter().position(|row| row.agency == agency).unwrap_or_else(|| {
            rows.push(Attendance { nth: rows.len(), agency, role: None, status: "present".to_owned(), left: None });
            rows.len() - 1
        });
        &mut rows[at]
    }

    pub(super) fn leaves(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (agency, rest) = table.names.agencies.leading(text)?;
        let left = match after_word(rest, "at") {
            Some(time) => time_of(time).ok_or_else(|| format!("`{time}` is no time such as 14:10"))?,
            None if rest.is_empty() => self.stop().label().to_owned(),
            None => return Err(format!("`{rest}` is not understood. `left AGENCY`, or `left AGENCY at 14:10`; an update begins with `update`").into()),
        };
        self.attendance(agency).left = Some(left.clone());
        let at = if left.contains(':') && left.len() == 5 { format!("at {left}") } else { format!("during {left}") };
        Ok(Reply::echo(format!("{} left {at}.", table.agency(agency))))
    }

    /// `read by chair under ISA-2025-1`.
    pub(super) fn statement(&mut self, table: &Table<'_>, text: &str) -> Said {
        let rest = after_word(text, "read").unwrap_or(text);
        let (by, under) = match (after_word(rest, "by"), after_word(rest, "under")) {
            (Some(by), _) => around_word(by, "under").map_or((Some(by), None), |(by, under)| (Some(by), Some(under))),
            (None, Some(under)) => (None, Some(under)),
            (None, None) if rest.is_empty() => (None, None),
            _ => return Err("Say `statement read by ROLE under AGREEMENT`.".into()),
        };
        let owned = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let agreement = under.and_then(owned).or_else(|| table.book.group.information_sharing.as_ref().and_then(|sharing| sharing.agreement.clone()));
        let read_by = by.and_then(owned).or_else(|| Some("chair".to_owned()));
        let echo = format!(
            "Confidentiality statement read by {}{}.",
            read_by.as_deref().unwrap_or_default(),
            agreement.as_ref().map_or(String::new(), |it| format!(", under {it}"))
        );
        let although = self.meeting.confidentiality.take().and_then(|said| said.although);
        self.meeting.confidentiality = Some(Confidentiality { read_by, agreement, although });
        Ok(Reply::echo(echo))
    }

    /// What is said: on a case, an update; on any other item, its note.
    pub(super) fn update(&mut self, table: &Table<'_>, text: &str, goes_on: bool) -> Said {
        if text.is_empty() {
            return Err("What is said? `update TEXT`".into());
        }
        let gap = if goes_on { "\n" } else { "\n\n" };
        let is_other_business = ["other business", "aob"].iter().any(|name| self.stop().label().to_lowercase().contains(name));
        let add = |to: &mut Option<String>| {
            let before = to.take().map(|before| before.trim_end().to_owned()).filter(|before| !before.is_empty());
            *to = Some(before.map_or_else(|| text.to_owned(), |before| format!("{before}{gap}{text}")));
        };
        let what = if self.case().is_some() {
            add(&mut self.here(table)?.update);
            "Update"
        } else if is_other_business {
            add(&mut self.meeting.other_business);
            "Other business"
        } else {
            let at = self.at;
            add(&mut self.stops[at].item.note);
            "Note"
        };
        self.updating = true;
        Ok(Reply::echo(format!("{what}: {text}")))
    }

    /// `"WORDS" to AGENCY wants: this; that`.
    pub(super) fn view(&mut self, table: &Table<'_>, whose: &str, text: &str) -> Said {
        let (says, rest) = match (quoted(text), after_word(text, "wants")) {
            (Some((says, rest)), _) => (says, rest),
            (None, Some(_)) => ("", text),
            (None, None) => split_plain(table, text),
        };
        let (to, wants) = match after_word(rest, "wants") {
            Some(wants) => (None, Some(wants)),
            None => match after_word(rest, "to") {
                Some(to) => around_word(to, "wants").map_or((Some(to), None), |(to, wants)| (Some(to), Some(wants))),
                None if rest.is_empty() => (None, None),
                None => return Err(format!("`{rest}` is not understood. `{whose}: \"WORDS\" to AGENCY wants: …; …`").into()),
            },
        };
        let obtained_by = to.map(|to| table.names.agencies.find(to)).transpose()?;
        let wants = wants.map(wishes).unwrap_or_default();
        if says.is_empty() && wants.is_empty() {
            return Err(format!("What was said? `{whose}: \"WORDS\" to AGENCY`; or `not asked: reason`").into());
        }
        let heard = obtained_by.map_or(String::new(), |key| format!(", to {}", table.agency(key)));
        let views = &mut self.here(table)?.views;
        let nth = views.len();
        let mut echo = if says.is_empty() { String::new() } else { format!("{}, in their words: “{says}”{heard}.", title(whose)) };
        if !wants.is_empty() {
            echo = format!("{echo}{}{} wants: {}.", if echo.is_empty() { "" } else { " " }, title(whose), wants.join("; "));
        }
        views.push(View { nth, whose: Some(whose.to_owned()), obtained_by, says: Some(says.to_owned()).filter(|says| !says.is_empty()), wants });
        Ok(Reply::echo(echo))
    }

    pub(super) fn wants(&mut self, table: &Table<'_>, text: &str) -> Said {
        let wants = wishes(text);
        if wants.is_empty() {
            return Err("What does the person want? `wants: this; that`".into());
        }
        let views = &mut self.here(table)?.views;
        if views.is_empty() {
            views.push(View { nth: 0, whose: Some("person".to_owned()), ..View::default() });
        }
        let echo = format!("Wants: {}.", wants.join("; "));
        views.last_mut().into_iter().for_each(|view| view.wants.extend(wants.iter().cloned()));
        Ok(Reply::echo(echo))
    }

    pub(super) fn not_asked(&mut self, table: &Table<'_>, text: &str) -> Said {
        if text.is_empty() {
            return Err("Why could nobody ask? `not asked: reason`".into());
        }
        let open = &mut self.here(table)?.left_open;
        open.retain(|open| key_of(open) != "views");
        open.push(format!("views: {text}"));
        Ok(Reply::echo(format!("The person was not asked: {text}")))
    }

    pub(super) fn need(&mut self, table: &Table<'_>, text: &str) -> Said {
        let pieces = text.split([',', ';']).map(str::trim).filter(|piece| !piece.is_empty());
        let needs = pieces.map(|piece| table.names.needs.find(piece)).collect::<Result<Vec<_>, _>>()?;
        if needs.is_empty() {
            return Err("Which need? `need THEME, THEME`".into());
        }
        let titles: Vec<&str> = needs.iter().map(|key| table.book.theme(*key).title.as_str()).collect();
        let known = &mut self.here(table)?.needs;
        needs.iter().for_each(|need| {
            if !known.contains(need) {
                known.push(*need);
            }
        });
        Ok(Reply::echo(format!("Needs: {}.", titles.join("; "))))
    }

    pub(super) fn lead(&mut self, table: &Table<'_>, text: &str) -> Said {
        let (agency, rest) = match at_colon(text) {
            Some((agency, role)) => (table.names.agencies.find(agency)?, role),
            None => table.names.agencies.leading(text)?,
        };
        let role = Some(rest.trim_matches(['(', ')']).trim().to_owned()).filter(|role| !role.is_empty());
        let echo = format!("Lead: {}{}.", table.agency(agency), role.as_ref().map_or(String::new(), |role| format!(", {role}")));
        let record = self.here(table)?;
        record.lead_agency = Some(agency);
        record.lead_professional = role.or(record.lead_professional.take());
        Ok(Reply::echo(echo))
    }

    pub(super) fn professional(&mut self, table: &Table<'_>, text: &str) -> Said {
        let role = filled(text, "Who leads, by role? `lead professional: role`")?;
        self.here(table)?.lead_professional = Some(role.clone());
        Ok(Reply::echo(format!("Lead professional: {role}.")))
    }

    pub(super) fn supporter(&mut self, table: &Table<'_>, text: &str) -> Said {
        let role = filled(text, "Who supports the person? `supporter: role`")?;
        self.here(table)?.lived_experience_supporter = Some(role.clone());
        Ok(Reply::echo(format!("Lived experience supporter: {role}.")))
    }

    /// `recalled at HMP Cindervale, release 20 april`.
    pub(super) fn custody(&mut self, table: &Table<'_>, text: &str) -> Said {
        let words = known::CUSTODY.iter().copied().chain(table.book.group.own_words("custody").iter().map(String::as_str));
        let (status, mut rest) = match words.clone().find_map(|word| after_word(text, word).map(|rest| (word, rest))) {
            Some((status, rest)) => (Some(status.to_owned()), rest),
            None if after_word(text, "at").is_some() || after_word(text, "release").is_some() => (None, text),
            None => return Err(one_of(text, words, "custody")),
        };
        let mut custody = Custody { status, prison: None, release_date: None };
        if let Some(at) = after_word(rest, "at") {
            let (prison, behind) = around_word(at, "release").map_or((at, None), |(prison, behind)| (prison, Some(behind)));
            custody.prison = Some(prison.trim_matches([',', ' ']).to_owned()).filter(|prison| !prison.is_empty());
            rest = behind.map_or("", |behind| &at[at.len() - behind.len()..]);
        } else if let Some(behind) = after_word(rest, "release") {
            rest = behind;
        } else if !rest.is_empty() {
            return Err(format!("`{rest}` is not understood. `custody recalled at PRISON, release 20 april`").into());
        }
        if !rest.is_empty() {
            custody.release_date = Some(self.dates().parse(after_word(rest, "on").unwrap_or(rest))?);
        }
        let record = self.here(table)?;
        let before = record.custody.take().map(|before| *before);
        let merged = Custody {
            status: custody.status.or_else(|| before.as_ref().and_then(|before| before.status.clone())),
            prison: custody.prison.or_else(|| before.as_ref().and_then(|before| before.prison.clone())),
            release_date: custody.release_date.or_else(|| before.as_ref().and_then(|before| before.release_date)),
        };
        let at = merged.prison.as_ref().map_or(String::new(), |prison| format!(" at {prison}"));
        let release = merged.release_date.map_or(String::new(), |date| format!(", release {}", super::dates::in_words(date)));
        let echo = format!("Custody: {}{at}{release}.", merged.status.as_deref().unwrap_or("not said"));
        record.custody = Some(Box::new(merged));
        Ok(Reply::echo(echo))
    }

    /// `by AGENCY; reason: …; tried: …; offer: …; legal basis: …; consent: given; asked by AGENCY`.
    pub(super) fn referral(&mut self, table: &Table<'_>, text: &str) -> Said {
        let before = self.here(table)?.referral.clone().unwrap_or_default();
        let mut referral = *before;
        let mut said = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            said.push(referral_part(table, &mut referral, part)?);
        }
        if said.is_empty() {
            return Err("What of the referral? `referral by AGENCY; reason: …; tried: …; offer: …; legal basis: …; consent: given`".into());
        }
        referral.left_open.retain(|open| !said.iter().any(|(key, _)| key_of(open) == *key));
        self.here(table)?.referral = Some(Box::new(referral));
        let said: Vec<String> = said.into_iter().map(|(_, said)| said).collect();
        Ok(Reply::echo(format!("Referral: {}.", said.join("; "))))
    }
}

/// One part of a referral: what it is called in files, and what it says in words.
fn referral_part(table: &Table<'_>, referral: &mut Referral, part: &str) -> Result<(&'static str, String), Doubt> {
    let agency = |text: &str| table.names.agencies.find(text);
    if let Some(by) = after_word(part, "asked by") {
        let key = agency(by)?;
        referral.asked_by = Some(key);
        return Ok(("asked_by", format!("{} asked the person", table.agency(key))));
    }
    if let Some(by) = after_word(part, "by").or_else(|| after_word(part, "from")).or_else(|| after_word(part, "agency")) {
        let key = agency(by)?;
        referral.agency = Some(key);
        return Ok(("agency", format!("by {}", table.agency(key))));
    }
    if let Some(consent) = after_word(part, "consent") {
        let word = consent.to_lowercase().replace(' ', "-");
        let own = table.book.group.own_words("consent");
        let words = known::CONSENT.iter().copied().chain(own.iter().map(String::as_str));
        if !words.clone().any(|known| known == word) {
            return Err(one_of(consent, words, "consent"));
        }
        referral.consent = Some(word.clone());
        return Ok(("consent", format!("consent {word}")));
    }
    let texts: [(&[&str], &'static str, &mut Option<String>); 5] = [
        (&["reason"], "reason", &mut referral.reason),
        (&["tried"], "tried", &mut referral.tried),
        (&["offer", "offers"], "offer", &mut referral.offer),
        (&["legal basis", "legal-basis", "basis"], "legal_basis", &mut referral.legal_basis),
        (&["senior sign-off", "sign-off", "signed off by"], "senior_sign_off", &mut referral.senior_sign_off),
    ];
    for (names, key, to) in texts {
        if let Some(said) = names.iter().find_map(|name| after_word(part, name)).filter(|said| !said.is_empty()) {
            *to = Some(said.to_owned());
            return Ok((key, format!("{}: {said}", names[0])));
        }
    }
    Err(format!(
        "`{part}` is not understood. A referral says: by AGENCY; reason: …; tried: …; offer: …; legal basis: …; consent: …; sign-off: …; asked by AGENCY"
    )
    .into())
}

/// Words without quotation marks, and what stands behind them.
fn split_plain<'t>(table: &Table<'_>, text: &'t str) -> (&'t str, &'t str) {
    let wants = text.to_ascii_lowercase().rfind("wants:").filter(|at| text.is_char_boundary(*at));
    let (says, tail) = wants.map_or((text, ""), |at| (text[..at].trim_end_matches([' ', ',', ';']), &text[at..]));
    let to = says.rfind(" to ").filter(|at| table.names.agencies.find(&says[at + 4..]).is_ok());
    match to {
        Some(at) => (says[..at].trim(), text[at..].trim()),
        None => (says.trim(), tail),
    }
}

fn wishes(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|wish| !wish.is_empty()).map(str::to_owned).collect()
}

/// Agencies in a part of a line: one with its role behind a colon, or several with `and`.
fn several(table: &Table<'_>, piece: &str) -> Result<Vec<(AgencyKey, Option<String>)>, String> {
    if let Some((agency, role)) = at_colon(piece) {
        return Ok(vec![(table.names.agencies.find(agency)?, Some(role.to_owned()).filter(|role| !role.is_empty()))]);
    }
    match (table.names.agencies.find(piece), around_word(piece, "and")) {
        (Ok(key), _) => Ok(vec![(key, None)]),
        (Err(_), Some((one, other))) => Ok([several(table, one)?, several(table, other)?].concat()),
        (Err(why), None) => Err(why),
    }
}

/// `14:10`, also for `14.10` and `2:10`.
fn time_of(text: &str) -> Option<String> {
    let (hours, minutes) = text.trim().split_once([':', '.'])?;
    let time = chrono::NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)?;
    Some(time.format("%H:%M").to_string())
}

pub(super) fn filled(text: &str, ask: &str) -> Result<String, Doubt> {
    if text.trim().is_empty() { Err(ask.into()) } else { Ok(text.trim().to_owned()) }
}

/// The refusal of a word that is not on its list.
pub(super) fn one_of<'w>(text: &str, words: impl Iterator<Item = &'w str> + Clone, what: &str) -> Doubt {
    let near = nearest(text, words.clone()).map_or(String::new(), |near| format!("Is `{near}` meant? "));
    let words: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    format!("`{}` is no {what} that is known. {near}There are {}.", text.trim(), list_of(&words, "and")).into()
}

pub(super) fn title(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
