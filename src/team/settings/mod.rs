//! The settings: one frame around each noun's own page, for administrators; and the record of who changed what.

pub mod sql;
pub mod view;
pub mod view_danger;
pub mod web;
pub mod web_danger;

use crate::platform::text::{Phrase, settings as t};
use crate::platform::time::Timestamp;
use crate::platform::ui::icon::Icon;
use crate::platform::web::form::{Form, Problems};
use crate::platform::web::token;
use crate::team::agents::Role;

/// A short name for what is stored now; a form carries it, so that nobody overwrites what another has just changed.
pub fn version(parts: &[&str]) -> String {
    let joined = parts.iter().map(|part| format!("{}:{part}", part.len())).collect::<String>();
    data_encoding::HEXLOWER.encode(token::digest(&joined).get(..8).unwrap_or_default())
}

/// Refuses a form that was shown before somebody else's change; shown again, it carries the new version.
pub fn unchanged(form: &Form, now: &str) -> Result<(), Problems> {
    let was = form.text("was");
    if was.is_empty() || was == now { Ok(()) } else { Err(Problems::one("", t::CHANGED_MEANWHILE)) }
}

/// The pages of the settings, in the order of their list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsSection {
    Company,
    People,
    Departments,
    Holidays,
    Dispositions,
    CannedReplies,
    Tags,
    Pauses,
    TemplateFields,
    WebChats,
    Mail,
    Retention,
    Audit,
    Danger,
}

impl SettingsSection {
    /// Every page.
    pub const ALL: &[Self] = &[
        Self::Company,
        Self::People,
        Self::Departments,
        Self::Holidays,
        Self::Dispositions,
        Self::CannedReplies,
        Self::Tags,
        Self::Pauses,
        Self::TemplateFields,
        Self::WebChats,
        Self::Mail,
        Self::Retention,
        Self::Audit,
        Self::Danger,
    ];

    /// Its address.
    pub fn address(self) -> &'static str {
        match self {
            Self::Company => "/settings/company",
            Self::People => "/settings/people",
            Self::Departments => "/settings/departments",
            Self::Holidays => "/settings/holidays",
            Self::Dispositions => "/settings/dispositions",
            Self::CannedReplies => "/settings/canned-replies",
            Self::Tags => "/settings/tags",
            Self::Pauses => "/settings/pauses",
            Self::TemplateFields => "/settings/custom-fields",
            Self::WebChats => "/settings/web-chats",
            Self::Mail => "/settings/mail",
            Self::Retention => "/settings/retention",
            Self::Audit => "/settings/audit",
            Self::Danger => "/settings/danger",
        }
    }

    /// Whether its addresses begin with `/settings/<page>`.
    pub fn is_at(self, page: &str) -> bool {
        self.address().strip_prefix("/settings/") == Some(page)
    }

    /// Who may open it: administrators, or leads too where it is one of their registers (`docs/domain.md`: people).
    pub fn role(self) -> Role {
        match self {
            Self::Dispositions | Self::Pauses | Self::Tags | Self::TemplateFields => Role::Lead,
            // Everybody has own ones.
            Self::CannedReplies => Role::Agent,
            _ => Role::Admin,
        }
    }

    /// Its name.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::Company => t::COMPANY,
            Self::People => t::PEOPLE,
            Self::Departments => t::DEPARTMENTS,
            Self::Holidays => crate::platform::text::holidays::TITLE,
            Self::Dispositions => crate::platform::text::dispositions::TITLE,
            Self::CannedReplies => crate::platform::text::canned_replies::TITLE,
            Self::Tags => crate::platform::text::tags::TITLE,
            Self::Pauses => crate::platform::text::pauses::SETTINGS,
            Self::TemplateFields => crate::platform::text::custom_fields::TITLE,
            Self::WebChats => t::WEB_CHATS,
            Self::Mail => crate::platform::text::mail::TITLE,
            Self::Retention => crate::platform::text::retention::TITLE,
            Self::Audit => t::AUDIT,
            Self::Danger => t::DANGER,
        }
    }

    /// Its mark.
    pub fn icon(self) -> Icon {
        match self {
            Self::Company => Icon::Building,
            Self::People => Icon::Person,
            Self::Departments => Icon::People,
            Self::Holidays => Icon::Clock,
            Self::Dispositions => Icon::List,
            Self::CannedReplies => Icon::Chat,
            Self::Tags => Icon::Tag,
            Self::Pauses => Icon::Pause,
            Self::TemplateFields => Icon::Edit,
            Self::WebChats => Icon::Globe,
            Self::Mail => Icon::Mail,
            Self::Retention => Icon::Lock,
            Self::Audit => Icon::Clock,
            Self::Danger => Icon::Warning,
        }
    }
}

/// The acts of the danger zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    SignOut,
    Secrets,
    Backup,
}

impl Danger {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::SignOut, Self::Secrets, Self::Backup];

    /// Where its form goes.
    pub fn address(self) -> &'static str {
        match self {
            Self::SignOut => "/settings/danger/sign-out",
            Self::Secrets => "/settings/danger/secrets",
            Self::Backup => "/settings/danger/backup",
        }
    }

    /// The field for the company's name; each form on the page has its own.
    pub fn field(self) -> &'static str {
        match self {
            Self::SignOut => "confirm_sign_out",
            Self::Secrets => "confirm_secrets",
            Self::Backup => "confirm_backup",
        }
    }

    /// What it does, on its button.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::SignOut => t::DANGER_SIGN_OUT,
            Self::Secrets => t::DANGER_SECRETS,
            Self::Backup => t::DANGER_BACKUP,
        }
    }

    /// What follows from it.
    pub fn hint(self) -> Phrase {
        match self {
            Self::SignOut => t::DANGER_SIGN_OUT_HINT,
            Self::Secrets => t::DANGER_SECRETS_HINT,
            Self::Backup => t::DANGER_BACKUP_HINT,
        }
    }
}

crate::words! {
    /// What somebody did to the settings.
    Action {
        CompanyChanged = "company_changed", LogoChanged = "logo_changed",
        PersonInvited = "person_invited", InvitationRenewed = "invitation_renewed",
        InvitationAccepted = "invitation_accepted", PasswordReset = "password_reset", PersonChanged = "person_changed",
        PersonArchived = "person_archived",
        DepartmentCreated = "department_created", DepartmentChanged = "department_changed",
        DepartmentArchived = "department_archived",
        WebChatCreated = "web_chat_created", WebChatChanged = "web_chat_changed", WebChatArchived = "web_chat_archived",
        SecretShown = "secret_shown", SecretRotated = "secret_rotated",
        MailChanged = "mail_changed", MailRemoved = "mail_removed",
        DispositionCreated = "disposition_created", DispositionChanged = "disposition_changed",
        DispositionArchived = "disposition_archived",
        PauseReasonChanged = "pause_reason_changed", PauseReasonArchived = "pause_reason_archived",
        PauseRuleChanged = "pause_rule_changed",
        TagChanged = "tag_changed", TagArchived = "tag_archived",
        CannedReplyChanged = "canned_reply_changed", CannedReplyArchived = "canned_reply_archived",
        HolidaysChanged = "holidays_changed", RegisterImported = "register_imported",
        TemplateFieldChanged = "template_field_changed", TemplateFieldArchived = "template_field_archived",
        PersonForgotten = "person_forgotten",
        RetentionChanged = "retention_changed", RetentionRan = "retention_ran",
        EverybodySignedOut = "everybody_signed_out", BackupTaken = "backup_taken",
    }
}

impl Action {
    /// What was done, in words.
    pub fn phrase(self) -> Phrase {
        match self {
            Self::CompanyChanged => t::DID_COMPANY_CHANGED,
            Self::LogoChanged => t::DID_LOGO_CHANGED,
            Self::PersonInvited => t::DID_PERSON_INVITED,
            Self::InvitationRenewed => t::DID_INVITATION_RENEWED,
            Self::InvitationAccepted => t::DID_INVITATION_ACCEPTED,
            Self::PasswordReset => t::DID_PASSWORD_RESET,
            Self::PersonChanged => t::DID_PERSON_CHANGED,
            Self::PersonArchived => t::DID_PERSON_ARCHIVED,
            Self::DepartmentCreated => t::DID_DEPARTMENT_CREATED,
            Self::DepartmentChanged => t::DID_DEPARTMENT_CHANGED,
            Self::DepartmentArchived => t::DID_DEPARTMENT_ARCHIVED,
            Self::WebChatCreated => t::DID_WEB_CHAT_CREATED,
            Self::WebChatChanged => t::DID_WEB_CHAT_CHANGED,
            Self::WebChatArchived => t::DID_WEB_CHAT_ARCHIVED,
            Self::SecretShown => t::DID_SECRET_SHOWN,
            Self::SecretRotated => t::DID_SECRET_ROTATED,
            Self::MailChanged => t::DID_MAIL_CHANGED,
            Self::MailRemoved => t::DID_MAIL_REMOVED,
            Self::EverybodySignedOut => t::DID_EVERYBODY_SIGNED_OUT,
            Self::DispositionCreated => t::DID_DISPOSITION_CREATED,
            Self::DispositionChanged => t::DID_DISPOSITION_CHANGED,
            Self::DispositionArchived => t::DID_DISPOSITION_ARCHIVED,
            Self::PauseReasonChanged => t::DID_PAUSE_REASON_CHANGED,
            Self::PauseReasonArchived => t::DID_PAUSE_REASON_ARCHIVED,
            Self::PauseRuleChanged => t::DID_PAUSE_RULE_CHANGED,
            Self::TagChanged => t::DID_TAG_CHANGED,
            Self::TagArchived => t::DID_TAG_ARCHIVED,
            Self::CannedReplyChanged => t::DID_CANNED_REPLY_CHANGED,
            Self::CannedReplyArchived => t::DID_CANNED_REPLY_ARCHIVED,
            Self::HolidaysChanged => t::DID_HOLIDAYS_CHANGED,
            Self::RegisterImported => t::DID_REGISTER_IMPORTED,
            Self::TemplateFieldChanged => t::DID_TEMPLATE_FIELD_CHANGED,
            Self::TemplateFieldArchived => t::DID_TEMPLATE_FIELD_ARCHIVED,
            Self::PersonForgotten => t::DID_PERSON_FORGOTTEN,
            Self::RetentionChanged => crate::platform::text::retention::DID_CHANGED,
            Self::RetentionRan => crate::platform::text::retention::DID_RAN,
            Self::BackupTaken => t::DID_BACKUP_TAKEN,
        }
    }
}

/// Lines that the page shows.
pub const SHOWN: i64 = 100;

/// One line of the record.
pub struct SettingsEntry {
    pub id: i64,
    pub agent: String,
    /// None where a later version wrote it.
    pub action: Option<Action>,
    pub subject: String,
    pub at: Timestamp,
}
