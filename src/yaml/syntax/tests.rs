use super::*;
#[test]
fn probe() {
    let mut names: Vec<_> = std::fs::read_dir("tests/mistakes").unwrap().map(|e| e.unwrap().path()).collect();
    names.sort();
    for path in names {
        let bytes = std::fs::read(&path).unwrap();
        let Ok(text) = std::str::from_utf8(&bytes) else { continue };
        let (raw, f) = crate::yaml::read_meeting(FileId(0), text);
        println!("{:?} raw={} ", path.file_name().unwrap(), raw.is_some());
        for f in f {
            if let crate::source::At::Text(_, s) = f.at {
                let lc = crate::source::line_col(text, s.start);
                println!("    {}:{} {} | {} | {:#?}", lc.line, lc.column, f.code.id, f.message, f.hints);
            }
        }
    }
}

#[test]
fn more() {
    println!("{}", serde_json::to_string(&schemars::schema_for!(crate::yaml::raw::RawDecision)).unwrap());
    let all = std::fs::read_to_string("/tmp/more.txt").unwrap();
    for text in all.split("\n@@@@\n") {
        println!("------\n{text}\n");
        let (_, f) = crate::yaml::read_meeting(FileId(0), text);
        for f in f {
            if let crate::source::At::Text(_, s) = f.at {
                let lc = crate::source::line_col(text, s.start);
                println!("  >> {}:{} {} | {} | {:?}   [{}]", lc.line, lc.column, f.code.id, f.message, f.hints, text.get(s.start..s.end).unwrap_or("BAD"));
            }
        }
    }
}
