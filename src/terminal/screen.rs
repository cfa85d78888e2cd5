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
        let made = enable_raw_mode()
            .and_then(|()| execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste))
            .and_then(|()| Terminal::new(CrosstermBackend::new(stdout())));
        match made {
            Ok(terminal) => Ok(Self {
                terminal,
                hook,
                #[cfg(unix)]
                signals: listen(&stop)?,
                stop,
            }),
            Err(error) => {
                give_back();
                restore_hook(hook);
                Err(error)
            }
        }
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
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
