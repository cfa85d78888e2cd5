//! Tables nobody thought of, and what is left to a reader of them.

use super::*;
use crate::disclosure::network::Bounds;
use crate::disclosure::table::{Earlier, Part, Told};

const PUBLIC: CountRule = CountRule { hide_up_to: 7, round_to: 5 };
const BOARD: CountRule = CountRule { hide_up_to: 4, round_to: 1 };

/// A small generator, the same on every machine (Marsaglia's xorshift, 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, n: u64) -> usize {
        usize::try_from(self.next() % n).unwrap()
    }

    fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below((most - least + 1) as u64)
    }

    /// A count with about this mean: of 120 people, each is in it or not.
    fn count(&mut self, mean: usize) -> usize {
        (0..120).filter(|_| self.below(120) < mean).count()
    }
}

fn names(what: &str, n: usize) -> Vec<String> {
    (1..=n).map(|at| format!("{what} {at}")).collect()
}

/// Themes by quarter or by year, sparse or dense.
fn numbers(random: &mut Random) -> Vec<Vec<usize>> {
    let (rows, columns) = (random.between(3, 10), random.between(2, 6));
    let mean: usize = [1, 2, 4, 8, 15][random.below(5)];
    // Some themes are met more than others.
    let of_row = |random: &mut Random| (mean * [1, 2, 2, 3, 5][random.below(5)]).div_ceil(2);
    (0..rows).map(|_| of_row(random)).collect::<Vec<_>>().into_iter().map(|mean| (0..columns).map(|_| random.count(mean)).collect()).collect()
}

fn table(numbers: &[Vec<usize>]) -> Table {
    Table::new(names("Theme", numbers.len()), vec![Part::new("Quarter", names("Quarter", numbers[0].len()), numbers)])
}

/// As it is published: without rows that say nothing.
fn speaking(numbers: &[Vec<usize>], rule: CountRule) -> Table {
    let mut table = table(numbers);
    table.leave_out_silent(rule);
    table
}

/// What every reader can work out of the hidden numbers.
fn left(protected: &Protected) -> Vec<u32> {
    let bounds = protected.table.bounds(protected.rule);
    bounds.into_iter().filter(|(place, _)| protected.count(*place) == Count::Hidden).map(|(_, bounds)| bounds.values()).collect()
}

#[derive(Default)]
struct Tally {
    tables: usize,
    stuck: usize,
    hidden: usize,
    determined: usize,
    narrow: usize,
    wide: usize,
    cells: usize,
    shown: usize,
    rows: usize,
    rows_left_out: usize,
}

impl Tally {
    /// A table as it is published when nothing was before.
    fn whole_rows(&mut self, table: Table) -> Protected {
        self.rows += table.rows.len();
        let (protected, left_out) = table.protect_whole_rows(PUBLIC);
        self.rows_left_out += left_out.len();
        let held_back = protected.table.places().into_iter().any(|place| protected.table.figure(place).held_back);
        assert!(!held_back, "whoever reads it takes each hidden number for a small one");
        protected
    }

    fn add(&mut self, outcome: &Result<Protected, Stuck>) {
        self.tables += 1;
        let Ok(protected) = outcome else {
            self.stuck += 1;
            return;
        };
        for values in left(protected) {
            self.hidden += 1;
            self.determined += usize::from(values == 1);
            self.narrow += usize::from(values < LEAST_VALUES);
            self.wide += usize::from(values >= 5);
        }
        let somebody = protected.table.places().into_iter().filter(|place| protected.table.figure(*place).n > 0);
        for place in somebody {
            self.cells += 1;
            self.shown += usize::from(protected.count(place) != Count::Hidden);
        }
    }

    fn share(part: usize, of: usize) -> usize {
        (part * 1000 + of / 2).checked_div(of).unwrap_or(0)
    }
}

/// What a published edition tells the next one, to a reader who even knows which numbers were hidden for the sake of others.
fn remember(edition: &mut Table, earlier: &Protected) {
    let rule = earlier.rule;
    let told = |place| Told { known: earlier.table.alone(rule, place), hidden: earlier.count(place) == Count::Hidden };
    let before: Vec<Option<usize>> = edition.rows.iter().map(|name| earlier.table.rows.iter().position(|row| row == name)).collect();
    let columns = earlier.table.parts[0].columns.len();
    for (row, before) in before.iter().enumerate().filter_map(|(row, before)| Some((row, (*before)?))) {
        for column in 0..columns {
            edition.learn(Place { part: 0, row: Some(row), column: Some(column) }, told(Place { part: 0, row: Some(before), column: Some(column) }).known);
        }
    }
    edition.remember(Earlier {
        columns,
        totals: before.iter().map(|row| row.map(|row| told(Place { part: 0, row: Some(row), column: None }))).collect(),
        column_totals: (0..columns).map(|column| told(Place { part: 0, row: None, column: Some(column) })).collect(),
        whole: told(Place { part: 0, row: None, column: None }),
    });
}

/// An edition, and those after it with one quarter more each.
fn series(numbers: &[Vec<usize>], rule: CountRule, mut each: impl FnMut(&Result<Protected, Stuck>)) {
    let columns = numbers[0].len();
    let mut published: Vec<Protected> = Vec::new();
    for n in 1..=columns {
        let first: Vec<Vec<usize>> = numbers.iter().map(|row| row[..n].to_vec()).collect();
        let mut edition = speaking(&first, rule);
        published.iter().for_each(|earlier| remember(&mut edition, earlier));
        let outcome = if published.is_empty() && rule.round_to > 1 { Ok(edition.protect_whole_rows(rule).0) } else { edition.protect(rule) };
        each(&outcome);
        // An edition that is refused is not published.
        published.extend(outcome.ok());
    }
}

/// The promise: of 10,000 tables, sparse and dense, alone and in series of editions, none gives a hidden number away.
#[test]
fn ten_thousand_tables_give_nothing_away() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let (mut public, mut board) = (Tally::default(), Tally::default());
    while public.tables < 10_000 {
        let numbers = numbers(&mut random);
        if public.tables % 3 == 0 {
            series(&numbers, PUBLIC, |outcome| public.add(outcome));
        } else {
            let protected = public.whole_rows(speaking(&numbers, PUBLIC));
            public.add(&Ok(protected));
        }
    }
    while board.tables < 1_000 {
        board.add(&speaking(&numbers(&mut random), BOARD).protect(BOARD));
    }
    let mut figures = String::new();
    for (name, tally) in [("public", &public), ("board", &board)] {
        let (wide, shown) = (Tally::share(tally.wide, tally.hidden), Tally::share(tally.shown, tally.cells));
        figures += &format!(
            "{name}: {} tables, {} refused, {} hidden numbers, {wide} ‰ keep 5 values or more, {shown} ‰ of numbers still shown\n",
            tally.tables, tally.stuck, tally.hidden
        );
        assert_eq!((tally.determined, tally.narrow), (0, 0), "{name}");
    }
    figures += &format!("of rows in tables that nothing was published of before, {} ‰ were left out\n", Tally::share(public.rows_left_out, public.rows));
    insta::assert_snapshot!(figures, @r###"
    public: 10003 tables, 0 refused, 74614 hidden numbers, 852 ‰ keep 5 values or more, 650 ‰ of numbers still shown
    board: 1000 tables, 25 refused, 11912 hidden numbers, 131 ‰ keep 5 values or more, 625 ‰ of numbers still shown
    of rows in tables that nothing was published of before, 7 ‰ were left out
    "###);
    assert!(Tally::share(public.wide, public.hidden) >= 850);
    assert!(public.stuck * 1000 <= public.tables, "{} refused", public.stuck);
    assert!(Tally::share(public.shown, public.cells) >= 300 && Tally::share(board.shown, board.cells) >= 250);
}

/// All whole numbers that fit a small table, tried one by one.
fn by_trying(table: &Table, rule: CountRule) -> Vec<Bounds> {
    let places = table.places();
    let alone: Vec<Bounds> = places.iter().map(|place| table.alone(rule, *place)).collect();
    let cells: Vec<usize> = (0..places.len()).filter(|at| places[*at].row.is_some() && places[*at].column.is_some()).collect();
    let most = u32::try_from(table.whole.n + rule.round_to + 12).unwrap();
    let mut found: Vec<Option<Bounds>> = vec![None; places.len()];
    let mut guess = vec![0_u32; cells.len()];
    try_all(0, &mut guess, &|at| (alone[cells[at]].least, alone[cells[at]].most.min(most)), &mut |guess| {
        let value = |place: Place| -> u32 {
            let within =
                |at: &usize| place.row.is_none_or(|row| places[*at].row == Some(row)) && place.column.is_none_or(|column| places[*at].column == Some(column));
            cells.iter().enumerate().filter(|(_, at)| within(at)).map(|(k, _)| guess[k]).sum()
        };
        let values: Vec<u32> = places.iter().map(|place| value(*place)).collect();
        if values.iter().zip(&alone).all(|(value, alone)| alone.holds(*value)) {
            for (found, value) in found.iter_mut().zip(values) {
                let so_far = found.unwrap_or(Bounds { least: value, most: value });
                *found = Some(Bounds { least: so_far.least.min(value), most: so_far.most.max(value) });
            }
        }
    });
    found.into_iter().map(Option::unwrap).collect()
}

fn try_all(at: usize, guess: &mut Vec<u32>, range: &impl Fn(usize) -> (u32, u32), see: &mut impl FnMut(&[u32])) {
    if at == guess.len() {
        see(guess);
        return;
    }
    let (least, most) = range(at);
    for n in least..=most {
        guess[at] = n;
        try_all(at + 1, guess, range, see);
    }
}

#[test]
fn the_bounds_are_those_of_trying_every_table() {
    let mut random = Random(7);
    for _ in 0..150 {
        let numbers: Vec<Vec<usize>> = (0..2).map(|_| (0..2).map(|_| random.count(4)).collect()).collect();
        for rule in [PUBLIC, BOARD] {
            let table = table(&numbers);
            let bounds: Vec<Bounds> = table.bounds(rule).into_iter().map(|(_, bounds)| bounds).collect();
            assert_eq!(bounds, by_trying(&table, rule), "{numbers:?} {rule:?}");
        }
    }
}

#[test]
fn the_pencil_of_a_reader_finds_nothing() {
    // A third of what is hidden alone can be taken from the totals.
    let numbers = vec![vec![9, 2, 6], vec![8, 7, 12], vec![0, 5, 9]];
    let open = table(&numbers);
    let places = open.places();
    assert!(!open.told(BOARD, &open.riddle(BOARD), &places).is_empty());
    let protected = open.protect(BOARD).unwrap();
    assert!(left(&protected).into_iter().all(|values| values >= LEAST_VALUES));
    let hidden = protected.table.places().into_iter().filter(|place| protected.count(*place) == Count::Hidden).count();
    assert!((4..=6).contains(&hidden), "a square of four at least: {hidden}");
}

#[test]
fn an_edition_is_not_the_one_before_it_and_a_remainder() {
    // 14 people at first, 16 a quarter later: whoever takes one from the other has the two new ones.
    let rows = |second: bool| {
        let all = [vec![8, 6, 2], vec![9, 11, 7], vec![12, 8, 9], vec![7, 10, 6]];
        all.map(|row| row[..if second { 3 } else { 2 }].to_vec()).to_vec()
    };
    let first = table(&rows(false)).protect(BOARD).unwrap();
    assert!(left(&first).is_empty());
    let mut second = table(&rows(true));
    remember(&mut second, &first);
    let places = second.places();
    let told = second.told(BOARD, &second.riddle(BOARD), &places);
    assert!(told.iter().any(|(place, _, values)| *values == 1 && place.row == Some(0) && place.column == Some(2)), "by the rule alone, the two are told");
    // Either enough is hidden beside it, or nothing is published at all.
    if let Ok(second) = second.protect(BOARD) {
        assert!(left(&second).into_iter().all(|values| values >= LEAST_VALUES));
    }
    // Rounded numbers stand it.
    let first = table(&rows(false)).protect(PUBLIC).unwrap();
    let mut second = table(&rows(true));
    remember(&mut second, &first);
    assert!(left(&second.protect(PUBLIC).unwrap()).into_iter().all(|values| values >= LEAST_VALUES));
}

#[test]
fn two_divisions_of_the_same_people_are_one_riddle() {
    let states = Part::new("State", names("State", 2), &[vec![6, 6], vec![9, 3]]);
    let quarters = Part::new("Quarter", names("Quarter", 2), &[vec![10, 2], vec![7, 5]]);
    let protected = Table::new(names("Theme", 2), vec![states, quarters]).protect(BOARD).unwrap();
    assert!(left(&protected).into_iter().all(|values| values >= LEAST_VALUES));
}

#[test]
fn what_can_only_be_two_numbers_is_refused() {
    let lax = CountRule { hide_up_to: 2, round_to: 1 };
    assert!(table(&[vec![1, 9], vec![8, 7]]).protect(lax).is_err());
}

#[test]
fn a_whole_row_in_one_column_is_said() {
    let protected = table(&[vec![0, 9], vec![8, 7]]).protect(PUBLIC).unwrap();
    assert_eq!(protected.all_in_one(0), [(0, 1)]);
}
