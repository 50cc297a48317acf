//! The pages of an import of people: the file, the columns, what would happen, how far it has come.

use maud::{Markup, html};

use super::{ContactImport, Counts, Existing, Fault, KEPT_FAULTS, Plan, State, Target};
use crate::contacts::custom_fields::CustomField;
use crate::platform::text::{Language, Phrase, contact_imports as t};
use crate::platform::time::Zone;
use crate::platform::ui::form::{self, banner, complaint};
use crate::platform::web::form::{Problems, encode};
use crate::team::agents::{self, Agent};

/// Faults that a page shows.
const SHOWN: usize = 100;

/// The page around whatever step.
fn page(viewer: &Agent, title: &str, data: &[(&str, String)], content: &Markup) -> Markup {
    let inside = html! {
        main.page.wide #main {
            p { a href="/contacts" { (crate::platform::text::register::BACK.say(viewer.language)) } }
            h1 { (title) }
            (content)
            p.banner.lost #lost role="status" hidden { (crate::platform::text::conversations::CONNECTION_LOST.say(viewer.language)) }
        }
    };
    agents::view::console(viewer, title, "/contacts", data, &inside)
}

/// The form for a file, what is wrong with the last one, and earlier ones.
pub fn new(viewer: &Agent, zone: &Zone, earlier: &[ContactImport], problems: &Problems) -> Markup {
    let language = viewer.language;
    let say = |phrase: Phrase| phrase.say(language);
    let content = html! {
        section.card { form method="post" action="/contacts/imports" enctype="multipart/form-data" {
            p.hint { (say(t::HINT)) }
            (banner(language, problems))
            div.field {
                label for="file" { (say(t::FILE)) }
                input #file type="file" name="file" required accept=".csv,.txt,.tsv,.vcf,text/csv,text/vcard" aria-invalid=[problems.of("file").map(|_| "true")];
                (complaint("file", language, problems))
            }
            button.primary { (say(t::SEND)) }
        } }
        @if !earlier.is_empty() { section.card {
            h2 { (say(t::BEFORE)) }
            ul.hits { @for one in earlier { li { a href={ "/contacts/imports/" (one.id) } {
                b { (one.name) } " · " (say(title(one.state)))
                span.hint { (progress(&one.counts, one.total, language)) " · " (by(one, zone, language)) }
            } } } }
        } }
    };
    page(viewer, say(t::TITLE), &[], &content)
}

fn title(state: State) -> Phrase {
    match state {
        State::Mapping => t::MAPPING,
        State::Trying => t::TRYING,
        State::Tried => t::TRIED,
        State::Running => t::RUNNING,
        State::Done => t::DONE,
        State::Stopped => t::STOPPED,
    }
}

fn progress(counts: &Counts, total: i64, language: Language) -> String {
    t::PROGRESS.fill(language, &[("lines", &counts.lines.to_string()), ("total", &total.to_string())])
}

fn by(import: &ContactImport, zone: &Zone, language: Language) -> String {
    let at = zone.full(import.created_at, language);
    t::BY.fill(language, &[("name", &import.by_name), ("at", &at)])
}

/// Where each column goes.
pub struct Mapping<'a> {
    pub viewer: &'a Agent,
    pub import: &'a ContactImport,
    pub fields: &'a [CustomField],
    /// The first rows.
    pub samples: &'a [Vec<String>],
    pub plan: &'a Plan,
    pub problems: &'a Problems,
    /// Whether an earlier check did not come to its end.
    pub interrupted: bool,
}

impl Mapping<'_> {
    /// The page.
    pub fn page(&self) -> Markup {
        let (language, import) = (self.viewer.language, self.import);
        let say = |phrase: Phrase| phrase.say(language);
        let total = import.total.to_string();
        let targets = Target::all(self.fields, language);
        let content = html! {
            p { (t::LINES.fill(language, &[("name", &import.name), ("n", &total)])) }
            @if import.cut { p.wrong.banner role="alert" { (say(t::CUT)) } }
            @if self.interrupted { p.wrong.banner role="alert" { (say(t::INTERRUPTED)) } }
            section.card { form method="post" action={ "/contacts/imports/" (import.id) } {
                h2 { (say(t::MAP)) }
                (banner(language, self.problems))
                div.table.mapping tabindex="0" role="region" aria-label=(say(t::MAP)) { table {
                    thead { tr { @for phrase in [t::COLUMN, t::SAMPLES, t::TARGET] { th scope="col" { (say(phrase)) } } } }
                    tbody { @for (at, head) in import.head.iter().enumerate() { tr {
                        td { @if head.is_empty() { (say(t::UNNAMED)) } @else { (head) } }
                        td.hint { (self.sample(at)) }
                        td { (self.choice(at, head, &targets)) }
                    } } }
                } }
                (complaint("columns", language, self.problems))
                @if self.fields.iter().any(|field| field.required) { p.hint { (say(t::REQUIRED)) } }
                fieldset.field {
                    legend { (say(t::EXISTING)) }
                    p.hint { (say(t::EXISTING_HINT)) }
                    @for one in Existing::ALL { label.tick {
                        input type="radio" name="existing" value=(one.word()) checked[self.plan.existing == *one];
                        span { (say(one.phrase())) }
                    } }
                }
                (form::Field::text("label", say(t::LABEL), &self.plan.label).hint(say(t::LABEL_HINT)).show(language, self.problems))
                button.primary { (say(t::TRY)) }
            } }
            p { a href="/contacts/imports" { (say(t::BACK)) } }
        };
        page(self.viewer, say(t::TITLE), &[], &content)
    }

    fn sample(&self, at: usize) -> String {
        let short = |cell: &String| cell.chars().take(40).collect::<String>();
        let found: Vec<String> = self.samples.iter().filter_map(|row| row.get(at)).map(short).collect();
        found.into_iter().filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn choice(&self, at: usize, head: &str, targets: &[(Target, String)]) -> Markup {
        let language = self.viewer.language;
        let chosen = self.plan.columns.get(at).copied().unwrap_or(Target::Nothing);
        let label = t::TARGET_OF.fill(language, &[("name", head)]);
        html! {
            select name={ "column-" (at) } aria-label=(label) {
                option value="" { (t::NOTHING.say(language)) }
                @for (target, name) in targets { option value=(target.word()) selected[*target == chosen] { (name) } }
            }
        }
    }
}

/// An import that has been tried, runs, or has ended.
pub struct Status<'a> {
    pub language: Language,
    pub zone: &'a Zone,
    pub import: &'a ContactImport,
    pub faults: &'a [Fault],
}

impl Status<'_> {
    fn say(&self, phrase: Phrase) -> &'static str {
        phrase.say(self.language)
    }

    /// The part that a script fetches again.
    pub fn show(&self) -> Markup {
        let (language, import, counts) = (self.language, self.import, &self.import.counts);
        let works = matches!(import.state, State::Trying | State::Running);
        let address = format!("/contacts/imports/{}", import.id);
        let takes = counts.new + counts.changed;
        html! {
            div #progress data-follows=[works.then_some("1")] {
                section.card {
                    h2 aria-live="polite" { (self.say(title(import.state))) }
                    p { b { (import.name) } " " span.hint { (by(import, self.zone, language)) } }
                    @if works {
                        @let line = progress(counts, import.total, language);
                        p { (line) }
                        progress max=(import.total.max(1)) value=(counts.lines) aria-label=(line) {}
                        noscript { a.button href=(address) { (self.say(t::LOOK_AGAIN)) } }
                    }
                    (self.figures())
                    @if import.state == State::Tried {
                        @if takes > 0 && !import.token.is_empty() {
                            form.row method="post" action={ (address) "/start" } {
                                button.primary { (t::START.fill(language, &[("n", &takes.to_string())])) }
                                a.button href={ (address) "?columns=1" } { (self.say(t::AGAIN)) }
                                @if counts.faulty + counts.repeated > 0 { span.hint { (self.say(t::LEAVES_OUT)) } }
                            }
                        } @else {
                            p { (self.say(if import.token.is_empty() { t::GONE } else if counts.faulty + counts.repeated == 0 { t::NOTHING_TO_DO } else { t::NOTHING_BUT_FAULTS })) }
                            @if !import.token.is_empty() { p { a.button href={ (address) "?columns=1" } { (self.say(t::AGAIN)) } } }
                        }
                    }
                    @if import.state == State::Running {
                        form.row method="post" action={ (address) "/stop" } { button.danger { (self.say(t::STOP)) } span.hint { (self.say(t::STOP_HINT)) } }
                    }
                    @if matches!(import.state, State::Done | State::Stopped) {
                        p { @if import.label.is_empty() { a.button.primary href="/contacts" { (self.say(t::SEE_ALL)) } }
                            @else { a.button.primary href={ "/contacts?q=" (encode(&import.label)) } { (self.say(t::SEE)) } } }
                    }
                }
                @if !self.faults.is_empty() && !works { (self.left_out(&address)) }
            }
        }
    }

    fn figures(&self) -> Markup {
        let counts = &self.import.counts;
        let figures = [
            (counts.new, t::NEW),
            (counts.changed, t::CHANGED),
            (counts.same, t::SAME),
            (counts.repeated, t::REPEATED),
            (counts.faulty, t::FAULTY),
        ];
        html! { ul.figures { @for (count, phrase) in figures { li { b { (count) } " " (self.say(phrase)) } } } }
    }

    fn left_out(&self, address: &str) -> Markup {
        let language = self.language;
        let all = self.import.counts.faulty + self.import.counts.repeated;
        html! {
            h2 { (self.say(t::FAULTS)) }
            @if !self.import.token.is_empty() { p { a.button href={ (address) "/faults" } download { (self.say(t::FAULTS_CSV)) } } }
            div.card.table tabindex="0" role="region" aria-label=(self.say(t::FAULTS)) { table {
                thead { tr { @for phrase in [t::LINE, t::WHERE, t::FAULT] { th scope="col" { (self.say(phrase)) } } } }
                tbody { @for fault in self.faults.iter().take(SHOWN) {
                    tr { td { (fault.line) } td { (fault.column) } td { (fault.words) } }
                } }
            } }
            @if self.faults.len() > SHOWN { p.hint { (t::MORE.fill(language, &[("n", &(all.max(self.faults.len() as i64) - SHOWN as i64).to_string())])) } }
            @if all > KEPT_FAULTS { p.hint { (t::KEPT.fill(language, &[("n", &KEPT_FAULTS.to_string())])) } }
        }
    }

    /// The page around it, which follows events from here on.
    pub fn page(&self, viewer: &Agent, newest_event: i64) -> Markup {
        let data = [("event", newest_event.to_string()), ("sounds", u8::from(viewer.sounds).to_string())];
        let content = html! { (self.show()) p { a href="/contacts/imports" { (self.say(t::BACK)) } } };
        page(viewer, self.say(t::TITLE), &data, &content)
    }
}
