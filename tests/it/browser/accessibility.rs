//! Whether everybody can use a page: our own checks, and axe-core's.

use std::path::PathBuf;

use serde_json::Value;

use super::Browser;

impl Browser {
    /// Fails the test where our own checks find a fault in the page as it stands.
    #[track_caller]
    pub fn assert_plain_accessibility(&self) {
        let faults = self.accessibility_faults();
        assert!(faults.is_empty(), "{} is not for everybody:\n{}", self.address(), faults.join("\n"));
    }

    /// Names, labels, contrast, ids, landmarks, language, title: one sentence a fault.
    #[track_caller]
    pub fn accessibility_faults(&self) -> Vec<String> {
        let found = self.run(include_str!("accessibility.js"), &[]);
        let found = found.as_array().cloned().expect("the checks give a list");
        found.iter().map(|fault| fault.as_str().unwrap_or_default().to_owned()).collect()
    }

    /// Fails the test where axe-core finds a violation in the page as it stands.
    #[track_caller]
    pub fn assert_no_axe_violations(&self) {
        let faults = self.axe_violations();
        assert!(faults.is_empty(), "axe-core finds in {}:\n{}", self.address(), faults.join("\n"));
    }

    /// What axe-core finds, one line a violation with the first elements that have it.
    #[track_caller]
    pub fn axe_violations(&self) -> Vec<String> {
        self.run(&axe(), &[]);
        let script = "const done = arguments[arguments.length - 1]; \
            axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations), e => done(String(e)))";
        let answer = self.run_later(script);
        let found = answer.as_array().unwrap_or_else(|| panic!("axe-core did not run: {answer}"));
        found.iter().map(told).collect()
    }
}

fn told(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().cloned().unwrap_or_default();
    let shown = nodes.iter().take(3).map(|node| {
        let html: String = node["html"].as_str().unwrap_or_default().chars().take(200).collect();
        format!("\n    {html}\n      {}", node["failureSummary"].as_str().unwrap_or_default().replace('\n', " "))
    });
    format!("{}: {} ({} elements){}", violation["id"], violation["help"], nodes.len(), shown.collect::<String>())
}

/// The script as tests/run fetched it; it is a tool of the tests and no part of the program.
fn axe() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/python/axe_playwright_python/axe.min.js");
    let script = std::fs::read_to_string(&path).unwrap_or_else(|_| {
        panic!("The accessibility tests need axe-core, which is not in target/python. Run tests/run: it fetches it.")
    });
    // Some bundlers' globals would make it export itself instead of defining `axe` on the window.
    format!("const module = undefined, define = undefined; {script}; window.axe = window.axe ?? axe;")
}
