//! The icons: one set, drawn here as strokes on a 24 × 24 grid.

use maud::{Markup, PreEscaped, html};

/// One icon.
#[derive(Clone, Copy)]
pub enum Icon {
    Chat,
    Search,
    Settings,
    Send,
    Lock,
    Check,
    Close,
    Back,
    Bell,
    Clip,
    Smile,
    Person,
    Copy,
    SignOut,
    Globe,
    Phone,
    Mail,
    Clock,
    Edit,
    Building,
    People,
    Warning,
    Chart,
    Tag,
    Pause,
    Play,
    Flag,
    Forward,
    Branch,
    List,
    Board,
    Up,
    Down,
}

impl Icon {
    fn paths(self) -> &'static str {
        match self {
            Self::Chat => "M4 5h16v11H9l-5 4z",
            Self::Search => "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M16 16l5 5",
            Self::Settings => "M4 7h9M17 7h3M4 17h3M11 17h9M15 4v6M9 14v6",
            Self::Send => "M4 12l16-8-5 16-3-7z",
            Self::Lock => "M6 11h12v9H6zM9 11V8a3 3 0 0 1 6 0v3",
            Self::Check => "M4 12l5 6L20 6",
            Self::Close => "M5 5l14 14M19 5L5 19",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Bell => "M6 17V11a6 6 0 0 1 12 0v6l2 1H4zM10 21a2 2 0 0 0 4 0",
            Self::Clip => "M19 11l-7 8a4 4 0 0 1-6-6l8-8a3 3 0 0 1 4 4l-8 8a1 1 0 0 1-2-2l7-7",
            Self::Smile => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 14a5 5 0 0 0 8 0M9 9v1M15 9v1",
            Self::Person => "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M4 21a8 8 0 0 1 16 0",
            Self::Copy => "M9 9h11v11H9zM5 15H4V4h11v1",
            Self::SignOut => "M10 4H4v16h6M14 8l4 4-4 4M8 12h10",
            Self::Globe => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 6 5 12 0 18M12 3c-5 6-5 12 0 18",
            Self::Phone => "M6 3h4l2 5-3 2a11 11 0 0 0 5 5l2-3 5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2",
            Self::Mail => "M3 6h18v12H3zM3 7l9 7 9-7",
            Self::Clock => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M12 7v5l4 2",
            Self::Edit => "M4 20l1-5L16 4l4 4L9 19z",
            Self::Building => "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
            Self::People => {
                "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M17 14a6 6 0 0 1 4 6"
            }
            Self::Forward => "M4 18v-3a5 5 0 0 1 5-5h11M15 5l5 5-5 5",
            Self::Branch => "M6 4v16M6 12h6a5 5 0 0 0 5-5V4M13 8l4-4 4 4",
            Self::List => "M9 6h12M9 12h12M9 18h12M4 6h1M4 12h1M4 18h1",
            Self::Board => "M4 5h4v14H4zM10 5h4v9h-4zM16 5h4v12h-4z",
            Self::Up => "M6 15l6-6 6 6",
            Self::Down => "M6 9l6 6 6-6",
            Self::Flag => "M5 21V4h11l-2 4 2 4H5",
            Self::Pause => "M9 5v14M15 5v14",
            Self::Play => "M8 5l11 7-11 7z",
            Self::Tag => "M4 4h8l8 8-8 8-8-8zM8 8h1",
            Self::Chart => "M4 20h16M7 20v-7M12 20V5M17 20v-10",
            Self::Warning => "M12 4L2 20h20zM12 10v5M12 17v1",
        }
    }
}

/// The icon as decoration: whoever uses it says in words what it means.
pub fn icon(icon: Icon) -> Markup {
    html! {
        (PreEscaped(r#"<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=""#))
        (PreEscaped(icon.paths()))
        (PreEscaped(r#""/></svg>"#))
    }
}
