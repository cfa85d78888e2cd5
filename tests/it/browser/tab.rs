//! One page, opened in a tab of its own.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value as Json, json};

use super::pipe::{Browser, PATIENCE};
use super::view::View;

pub(super) struct Tab<'b> {
    browser: &'b mut Browser,
    target: String,
    session: String,
    url: String,
}

impl<'b> Tab<'b> {
    /// Opens a file and waits until it has been loaded.
    pub(super) fn open(browser: &'b mut Browser, file: &Path) -> Self {
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        let target = text(&browser.call(None, "Target.createTarget", json!({ "url": "about:blank" }))["targetId"]);
        let session = text(&browser.call(None, "Target.attachToTarget", json!({ "targetId": target, "flatten": true }))["sessionId"]);
        let mut tab = Self { browser, target, session, url: format!("file://{}", file.display()) };
        for domain in ["Page", "Runtime", "Network", "Log"] {
            tab.call(&format!("{domain}.enable"), json!({}));
        }
        tab.browser.events(&tab.session);
        let url = tab.url.clone();
        tab.call("Page.navigate", json!({ "url": &url }));
        let loaded = tab.browser.happens(&tab.session, "Page.loadEventFired", PATIENCE);
        loaded.unwrap_or_else(|why| panic!("{url}: {why}"));
        tab
    }

    #[track_caller]
    pub(super) fn call(&mut self, method: &str, params: Json) -> Json {
        self.browser.call(Some(&self.session), method, params)
    }

    /// Runs a script in the page and gives what it gives. The page's own policy does not bind the tools that look at it.
    #[track_caller]
    pub(super) fn ask(&mut self, script: &str) -> Json {
        let mut said = self.call("Runtime.evaluate", json!({ "expression": script, "returnByValue": true, "awaitPromise": true }));
        assert!(said.get("exceptionDetails").is_none(), "{}: {}", self.url, said["exceptionDetails"]);
        said["result"]["value"].take()
    }

    /// Starts a script without waiting for its end.
    pub(super) fn start(&mut self, script: &str) {
        self.browser.send(Some(&self.session), "Runtime.evaluate", json!({ "expression": script }));
    }

    /// Whether something happens in time.
    pub(super) fn happens(&mut self, event: &str, patience: Duration) -> bool {
        self.browser.happens(&self.session, event, patience).is_ok()
    }

    /// Runs a script that gives a list of texts.
    #[track_caller]
    pub(super) fn list(&mut self, script: &str) -> Vec<String> {
        serde_json::from_value(self.ask(script)).unwrap()
    }

    pub(super) fn show(&mut self, view: &View) {
        self.call("Emulation.setDeviceMetricsOverride", view.metrics());
        self.call("Emulation.setEmulatedMedia", view.media());
        // Two frames later the page has been laid out anew.
        self.ask("new Promise(done => { const timer = setTimeout(done, 300); requestAnimationFrame(() => requestAnimationFrame(() => { clearTimeout(timer); done() })) }).then(() => null)");
    }

    pub(super) fn press(&mut self, key: &str) {
        let code = if key == "Tab" { 9 } else { 13 };
        let text = if key == "Enter" { "\r" } else { "" };
        let event =
            |kind: &str| json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code, "text": if kind == "keyUp" { "" } else { text } });
        self.call("Input.dispatchKeyEvent", event(if text.is_empty() { "rawKeyDown" } else { "keyDown" }));
        self.call("Input.dispatchKeyEvent", event("keyUp"));
    }

    /// The page on A4, with tags and bookmarks, as "print or save as PDF" makes it.
    pub(super) fn pdf(&mut self) -> Vec<u8> {
        let how = json!({ "preferCSSPageSize": true, "paperWidth": 8.27, "paperHeight": 11.69, "generateTaggedPDF": true, "generateDocumentOutline": true });
        bytes(&self.call("Page.printToPDF", how))
    }

    /// The whole page as a picture, as far down as pictures go.
    pub(super) fn picture(&mut self) -> Vec<u8> {
        let size = self.ask("[document.documentElement.clientWidth, Math.min(document.documentElement.scrollHeight, 12000)]");
        let clip = json!({ "x": 0, "y": 0, "width": size[0], "height": size[1], "scale": 1 });
        bytes(&self.call("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true, "clip": clip })))
    }

    /// What the page did since the last question that a page of ours never does: asked for something, spoke to the console, failed,
    /// opened a dialog or went away. What its policy stopped counts: somebody wanted it.
    pub(super) fn misdeeds(&mut self) -> Vec<String> {
        let events = self.browser.events(&self.session);
        events.iter().filter_map(|event| self.misdeed(event)).collect()
    }

    fn misdeed(&self, event: &Json) -> Option<String> {
        let params = &event["params"];
        match event["method"].as_str()? {
            "Network.requestWillBeSent" => {
                let url = params["request"]["url"].as_str()?;
                (url != self.url && !url.starts_with("data:")).then(|| format!("request: {url}"))
            }
            "Network.webSocketCreated" => Some(format!("request: {}", params["url"])),
            "Runtime.consoleAPICalled" => Some(format!("console: {}", params["args"])),
            "Runtime.exceptionThrown" => Some(format!("exception: {}", params["exceptionDetails"]["text"])),
            "Log.entryAdded" => Some(format!("console: {}", params["entry"]["text"])),
            "Page.javascriptDialogOpening" => Some(format!("dialog: {}", params["message"])),
            "Page.frameRequestedNavigation" => Some(format!("request: to go to {}", params["url"])),
            "Page.windowOpen" => Some(format!("request: a window for {}", params["url"])),
            _ => None,
        }
    }
}

impl Drop for Tab<'_> {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.browser.call(None, "Target.closeTarget", json!({ "targetId": self.target }));
            self.browser.events(&self.session);
        }
    }
}

fn bytes(answer: &Json) -> Vec<u8> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(answer["data"].as_str().unwrap()).unwrap()
}
