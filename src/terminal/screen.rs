//! The terminal itself: taken over when the meeting begins, and given back as it was however the meeting ends.

use std::io::{self, Stdout, stdout};
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::crossterm::{cursor, execute};

use super::draw::{Look, draw};
use super::front::{Ending, Floor, Front};
use super::keys::{Press, press};

/// How long the loop waits for a key before it looks at the clock, and whether it is to stop.
const WAIT: Duration = Duration::from_millis(200);
/// How often the clocks are brought up to date.
const TICK: Duration = Duration::from_secs(1);

/// Draws, waits for a key or the clock, and does what it says, until the meeting ends.
///
/// # Errors
///
/// When the terminal cannot be written to or read from. It is given back before the error is.
pub(super) fn run(floor: &mut impl Floor, mut front: Front, look: Look) -> io::Result<Ending> {
    let mut taken = Taken::over()?;
    let mut ticked = Instant::now();
    loop {
        let size = taken.terminal.size()?;
        front.resize((size.width, size.height));
        taken.terminal.draw(|frame| draw(frame, &front.screen, look))?;
        // Whatever has come meanwhile is done before the screen is drawn anew: a fast typist never waits for it.
        let mut waits = event::poll(WAIT)?;
        while waits {
            let pressed = press(event::read()?);
            if pressed == Some(Press::Redraw) {
                taken.terminal.autoresize()?;
                taken.terminal.clear()?;
            }
            if let Some(ending) = pressed.and_then(|press| front.press(press, floor)) {
                return Ok(ending);
            }
            waits = event::poll(Duration::ZERO)?;
        }
        if taken.stop.load(Ordering::Relaxed) {
            return Ok(Ending::Stopped);
        }
        if ticked.elapsed() >= TICK {
            ticked = Instant::now();
            floor.tick(&mut front.screen);
        }
    }
}

type Hook = Arc<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;

/// The terminal while it is ours. It is given back when this value goes, and before a panic says anything.
struct Taken {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    hook: Hook,
    /// Set when the system asks the program to end.
    stop: Arc<AtomicBool>,
    #[cfg(unix)]
    signals: Vec<signal_hook::SigId>,
    /// Set when the loop has ended.
    ended: Arc<AtomicBool>,
}

/// How long the loop has to end by itself once the program was asked to.
const GRACE: Duration = Duration::from_secs(1);

/// Ends the program when it was asked to and the loop does not come to see it: a window that was closed reads as one that never stops
/// typing. Everything that was entered is on disk, and who starts the meeting again goes on from there.
fn watch(stop: Arc<AtomicBool>, ended: Arc<AtomicBool>) {
    std::thread::spawn(move || {
        while !ended.load(Ordering::Relaxed) {
            std::thread::sleep(WAIT);
            if stop.load(Ordering::Relaxed) {
                std::thread::sleep(GRACE);
                if !ended.load(Ordering::Relaxed) {
                    give_back();
                    std::process::exit(1);
                }
            }
        }
    });
}

impl Taken {
    fn over() -> io::Result<Self> {
        let hook: Hook = Arc::from(panic::take_hook());
        let before = Arc::clone(&hook);
        panic::set_hook(Box::new(move |info| {
            give_back();
            before(info);
        }));
        let stop = Arc::new(AtomicBool::new(false));
        let made = || {
            #[cfg(unix)]
            let signals = listen(&stop)?;
            enable_raw_mode()?;
            execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
            let terminal = Terminal::new(CrosstermBackend::new(stdout()))?;
            Ok(Self {
                terminal,
                hook: Arc::clone(&hook),
                stop: Arc::clone(&stop),
                #[cfg(unix)]
                signals,
                ended: Arc::default(),
            })
        };
        made().inspect(|taken| watch(Arc::clone(&taken.stop), Arc::clone(&taken.ended))).inspect_err(|_| {
            give_back();
            restore_hook(Arc::clone(&hook));
        })
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        #[cfg(unix)]
        for signal in self.signals.drain(..) {
            signal_hook::low_level::unregister(signal);
        }
        give_back();
        // While a panic goes through, its hook has run, and another must not be set.
        if !std::thread::panicking() {
            restore_hook(Arc::clone(&self.hook));
        }
    }
}

/// To be asked to end, by the system or by a terminal that is closed, is no accident: everything is on disk, and the terminal is given back.
#[cfg(unix)]
fn listen(stop: &Arc<AtomicBool>) -> io::Result<Vec<signal_hook::SigId>> {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    [SIGTERM, SIGHUP, SIGINT].into_iter().map(|signal| signal_hook::flag::register(signal, Arc::clone(stop))).collect()
}

/// Each step is tried whatever became of the others; a terminal that has gone cannot be mended, and nobody can be told.
fn give_back() {
    let _ = disable_raw_mode();
    let _ = execute!(stdout(), DisableBracketedPaste, LeaveAlternateScreen, cursor::Show);
}

fn restore_hook(hook: Hook) {
    panic::set_hook(Box::new(move |info| hook(info)));
}

#[cfg(all(test, unix))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    /// Set for a test that runs itself in a terminal, where it does what is to be survived.
    const INSIDE: &str = "MARG_TEST_HAS_A_TERMINAL";

    fn is_inside() -> bool {
        std::env::var_os(INSIDE).is_some()
    }

    /// Runs a test in a terminal of its own, and gives what was written to it, with the terminal's settings before and after.
    fn in_a_terminal(test: &str) -> String {
        let tests = std::env::current_exe().expect("a test knows itself");
        let command = format!("stty -g; {} --exact --ignored --nocapture terminal::screen::tests::{test}; stty -g", tests.display());
        let output = Command::new("script").args(["-qec", &command, "/dev/null"]).env("TERM", "xterm").env(INSIDE, "1").stdin(Stdio::null()).output();
        String::from_utf8_lossy(&output.expect("script (of util-linux) is needed for this test").stdout).into_owned()
    }

    #[test]
    #[ignore = "needs script"]
    fn the_terminal_is_given_back_after_a_panic_and_before_it_is_told() {
        if is_inside() {
            let _taken = Taken::over().unwrap();
            panic!("it broke");
        }
        let shown = in_a_terminal("the_terminal_is_given_back_after_a_panic_and_before_it_is_told");
        let at = |text: &str| shown.find(text).unwrap_or_else(|| panic!("no {text:?} in {shown:?}"));
        assert!(at("\u{1b}[?1049h") < at("\u{1b}[?1049l") && at("\u{1b}[?1049l") < at("it broke"), "{shown:?}");
        assert!(shown.contains("\u{1b}[?2004l") && shown.contains("\u{1b}[?25h"), "{shown:?}");
        assert_settings(&shown);
    }

    #[test]
    #[ignore = "needs script"]
    fn the_terminal_is_given_back_when_the_system_asks_the_program_to_end() {
        if is_inside() {
            let taken = Taken::over().unwrap();
            signal_hook::low_level::raise(signal_hook::consts::SIGTERM).unwrap();
            return assert!(taken.stop.load(Ordering::Relaxed));
        }
        let shown = in_a_terminal("the_terminal_is_given_back_when_the_system_asks_the_program_to_end");
        assert!(shown.contains("\u{1b}[?1049l") && shown.contains("1 passed"), "{shown:?}");
        assert_settings(&shown);
    }

    /// The terminal's settings, as `stty -g` prints them, are afterwards what they were before.
    fn assert_settings(shown: &str) {
        let settings: Vec<&str> = shown.lines().filter(|line| line.matches(':').count() > 20).collect();
        assert!(settings.len() == 2 && settings[0] == settings[1], "{shown:?}");
    }
}
