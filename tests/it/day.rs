//! A day of a small company, from the first message to the reports: what was done adds up to what they say.

use std::collections::BTreeMap;
use std::sync::Arc;

use balcao::administration::setup;
use balcao::app::App;
use balcao::desk::conversations::{self, ConversationId, State};
use balcao::platform::text::Language;
use balcao::platform::time;
use balcao::platform::time::{MINUTE, Zone};
use balcao::platform::web::http::Answer;
use balcao::team::channels::{self, Kind};
use balcao::team::departments::DepartmentId;

use crate::support::{House, Person, START, text};

/// How often something was done: by department, person, and what it was.
type Ledger = BTreeMap<(String, String, String), i64>;

struct Day {
    house: House,
    /// The people of each department.
    teams: Vec<Vec<(&'static str, Person)>>,
    departments: Vec<(&'static str, DepartmentId)>,
    channels: Vec<channels::Channel>,
    closings: Ledger,
    occurrences: Ledger,
    /// Pauses, and the minutes of them.
    pauses: Ledger,
    paused: Ledger,
}

/// One of the thirty.
#[derive(Clone, Copy)]
struct Case {
    id: ConversationId,
    /// Department and person, by their places in the lists.
    team: usize,
    person: usize,
}

impl Day {
    /// Three departments with a chat each, five agents, a catalogue for all uses.
    fn open() -> Self {
        let house = House::new();
        house.app.change(|conn| setup::acts::pause_reasons(conn, Language::Portuguese)).expect("reasons");
        let money = house.app.change(|conn| {
            Ok(balcao::administration::departments::acts::create(conn, "Financeiro", START)?.expect("a new name"))
        });
        let money = money.expect("a department");
        let departments = vec![("Vendas", house.sales), ("Suporte", house.support), ("Financeiro", money)];
        let mut fields =
            vec![("name", "Entrega"), ("uses", "conversation"), ("uses", "occurrence"), ("uses", "ticket")];
        fields.extend([("departments", "1"), ("departments", "2"), ("departments", "3")]);
        assert_eq!(house.adm().post("/settings/dispositions/1", &fields).status, 303);
        let teams = vec![
            vec![("Ana", house.ana()), ("Caio", house.colleague("Caio", house.sales))],
            vec![("Beto", house.beto()), ("Dora", house.colleague("Dora", house.support))],
            vec![("Edu", house.colleague("Edu", money))],
        ];
        let mut chats = vec![house.channel.clone()];
        for (name, department) in departments.clone().into_iter().skip(1) {
            let chat = house.app.change(move |conn| {
                let id = channels::sql::create(conn, Kind::WebChat, name, department, name, "segredo", START)?;
                channels::sql::find(conn, id)
            });
            chats.push(chat.expect("a chat"));
        }
        let empty = Ledger::new;
        Self {
            house,
            teams,
            departments,
            channels: chats,
            closings: empty(),
            occurrences: empty(),
            pauses: empty(),
            paused: empty(),
        }
    }

    fn who(&self, case: Case) -> &Person {
        &self.teams[case.team][case.person].1
    }

    fn does(&self, case: Case, what: &str, fields: &[(&str, &str)]) {
        let answer = self.who(case).post(&format!("/conversations/{}/{what}", case.id), fields);
        assert_eq!(answer.status, 303, "{what} of {}: {}", case.id, text(&answer));
    }

    /// A contact writes to a department, and one of its people takes it and answers.
    fn begins(&self, turn: usize) -> Case {
        let team = turn % 3;
        let person = turn / 3 % self.teams[team].len();
        let identity = self.house.contact(&format!("Cliente {turn}"));
        let (channel, now) = (self.channels[team].clone(), self.house.clock.now());
        let zone = Zone::named_or_utc(time::DEFAULT_ZONE);
        let received = self.house.app.change(move |conn| {
            balcao::channels::acts::receive(conn, &channel, identity, "Bom dia, preciso de ajuda", None, &zone, now)
        });
        let case = Case { id: received.expect("a message").conversation, team, person };
        self.passes(2);
        self.does(case, "assignment", &[]);
        self.does(case, "messages", &[("kind", "chat"), ("body", "Bom dia! Já vejo.")]);
        case
    }

    fn passes(&self, minutes: i64) {
        self.house.passes(minutes * MINUTE);
    }

    fn key(&self, case: Case, what: &str) -> (String, String, String) {
        let (name, _) = &self.teams[case.team][case.person];
        (self.departments[case.team].0.to_owned(), (*name).to_owned(), what.to_owned())
    }

    fn closes(&mut self, case: Case) {
        self.does(case, "closing", &[("disposition", "2"), ("body", "resolvido")]);
        *self.closings.entry(self.key(case, "Entrega › Atraso")).or_default() += 1;
    }

    fn comes_back(&mut self, case: Case, minutes: i64) {
        self.does(case, "pause/end", &[]);
        *self.pauses.entry(self.key(case, "pausa")).or_default() += 1;
        *self.paused.entry(self.key(case, "pausa")).or_default() += minutes;
    }

    /// The program ends and begins again on the same data.
    fn restarts(&mut self) {
        self.house.app.stop();
        let app = App::open(self.house.folder.path(), self.house.clock.clone()).expect("another start");
        for (_, person) in self.teams.iter_mut().flatten() {
            person.app = Arc::clone(&app);
        }
        self.house.app = app;
    }

    /// Hands a case on to the first person of the next department; `accepted` is whether that person opens it in time.
    fn hands_on(&self, case: Case, accepted: bool) -> Case {
        let next = Case { team: (case.team + 1) % 3, person: 0, ..case };
        let to = format!("{}-{}", self.departments[next.team].1, self.who(next).id);
        self.does(case, "transfer", &[("to", &to), ("note", "segue com vocês")]);
        if accepted {
            self.does(next, "messages", &[("kind", "chat"), ("body", "Assumo daqui.")]);
        }
        next
    }

    /// A report as its file has it: a record a line.
    fn report(&self, kind: &str) -> Vec<Vec<String>> {
        let answer = self.house.adm().get(&format!("/reports/{kind}/csv?period=today"));
        let Answer::File(path) = &answer.answer else { panic!("no file: {}", text(&answer)) };
        let bytes = std::fs::read(path).expect("the file");
        let text = String::from_utf8(bytes).expect("text");
        let mut reader =
            csv::ReaderBuilder::new().delimiter(b';').from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        reader.records().map(|row| row.expect("a record").iter().map(str::to_owned).collect()).collect()
    }

    /// The lines of a report, counted as the ledger counts: department, person and group stand in columns 3, 5 and 6.
    fn counted(&self, kind: &str, group: impl Fn(&[String]) -> String) -> Ledger {
        let mut ledger = Ledger::new();
        for row in self.report(kind) {
            *ledger.entry((row[3].clone(), row[5].clone(), group(&row))).or_default() += 1;
        }
        ledger
    }
}

#[test]
fn a_day_of_thirty_conversations_adds_up_in_every_report() {
    let mut day = Day::open();
    let mut cases: Vec<Case> = Vec::new();
    for turn in 0..30 {
        cases.push(day.begins(turn));
    }
    // 09:00 and an hour later, by the clock of the house.
    for turn in [3, 9, 15, 21, 27] {
        let case = cases[turn];
        day.does(case, "occurrence", &[("disposition", "2"), ("body", &format!("ocorrência {turn}"))]);
        *day.occurrences.entry(day.key(case, "Entrega › Atraso")).or_default() += 1;
    }
    // The second of them was wrong: its correction stands in its place.
    day.does(cases[9], "occurrence", &[("disposition", "2"), ("body", "ocorrência 9, certa"), ("corrects", "2")]);
    for turn in [2, 8, 14, 20, 26] {
        let to = day.departments[(cases[turn].team + 1) % 3].1.to_string();
        let about = cases[turn].id.to_string();
        let fields =
            [("title", "Conferir"), ("to", to.as_str()), ("conversation", about.as_str()), ("disposition", "2")];
        assert_eq!(day.who(cases[turn]).post("/tickets", &fields).status, 303);
    }
    let paused = [0, 5, 10, 15, 20, 25];
    for turn in paused {
        day.does(cases[turn], "pause", &[("reason", "1"), ("quick", "60"), ("message", "Volto até {retorno}.")]);
    }
    day.passes(20);
    for turn in [0, 10, 20] {
        day.comes_back(cases[turn], 20);
    }
    for (turn, accepted) in [(1, true), (7, false), (13, true), (19, false)] {
        cases[turn] = day.hands_on(cases[turn], accepted);
    }
    // The program ends and begins again while three are paused and two transfers wait.
    day.restarts();
    day.passes(11);
    for turn in [7, 19] {
        let found = day.house.app.read(|conn| conversations::sql::find(conn, cases[turn].id)).expect("the case");
        assert_eq!(found.assignee, None, "nobody accepted {turn} in time");
        day.does(cases[turn], "assignment", &[]);
    }
    day.passes(59);
    for turn in [5, 15, 25] {
        let found = day.house.app.read(|conn| conversations::sql::find(conn, cases[turn].id)).expect("the case");
        assert_eq!(found.state, State::Paused, "{turn} is still paused, though its time is over");
        day.comes_back(cases[turn], 90);
    }
    for ticket in [1, 2, 3] {
        assert_eq!(day.house.adm().post(&format!("/tickets/{ticket}/closing"), &[]).status, 303);
    }
    for (turn, case) in cases.clone().into_iter().enumerate() {
        if ![4, 14, 24, 29].contains(&turn) {
            day.closes(case);
        }
    }
    day.passes(1);
    // One comes back within the time, and is closed a second time.
    let again = cases[6];
    let (channel, now) = (day.channels[again.team].clone(), day.house.clock.now());
    let identity = day.house.app.read(|conn| conversations::sql::find(conn, again.id)).expect("the case").identity;
    let zone = Zone::named_or_utc(time::DEFAULT_ZONE);
    let received = day.house.app.change(move |conn| {
        balcao::channels::acts::receive(conn, &channel, identity, "Ainda não chegou nada", None, &zone, now)
    });
    assert_eq!(received.expect("a message").conversation, again.id);
    day.does(again, "assignment", &[]);
    day.closes(again);
    day.passes(1);

    assert_eq!(day.counted("closings", |row| row[6].clone()), day.closings);
    assert_eq!(day.closings.values().sum::<i64>(), 27, "26 cases, one of them twice");
    assert_eq!(day.counted("occurrences", |row| row[6].clone()), day.occurrences);
    assert_eq!(day.occurrences.values().sum::<i64>(), 5);
    assert_eq!(day.counted("pauses", |_| "pausa".to_owned()), day.pauses);
    let minutes: i64 = day.report("pauses").iter().map(|row| row[10].parse::<i64>().expect("minutes")).sum();
    assert_eq!((minutes, day.paused.values().sum::<i64>()), (330, 330), "three of 20 minutes, three of 90");
    let adm = day.house.adm();
    let page = |address: &str| text(&adm.get(address));
    assert!(page("/reports/closings?period=today").contains("27 no período"));
    assert!(page("/reports/occurrences?period=today").contains("5 no período"));
    let pauses = page("/reports/pauses?period=today");
    assert!(pauses.contains("6 no período") && pauses.contains("330 minutos em pausa"), "{pauses}");
    let open = |standing: &str| page(&format!("/tickets?view=list&standing={standing}")).matches(" · Conferir").count();
    assert_eq!((open("open"), open("closed"), open("all")), (2, 3, 5));
    let left: i64 = day
        .house
        .app
        .read(|conn| {
            let sql = "SELECT sum(total) FROM queue_count WHERE assignee_id = -1 AND state <> 'closed'";
            Ok(conn.query_row(sql, [], |row| row.get(0)).expect("a number"))
        })
        .expect("a look");
    assert_eq!(left, 4, "what was left open");
    assert_eq!(balcao::timers::run_jobs(&day.house.app).expect("jobs"), 0, "nothing is left to do");
}
