//! Phrases on people, signing in and presence.

super::phrases! {
    ROLE_AGENT: "Agente", "Agent";
    ROLE_SENIOR: "Agente N2", "Senior agent";
    ROLE_LEAD: "Agente N3", "Lead";
    ROLE_ADMIN: "Administrador", "Administrator";
    ONLINE: "Disponível", "Online";
    AWAY: "Ausente", "Away";
    OFFLINE: "Offline", "Offline";
    SIGN_IN: "Entrar", "Sign in";
    SIGN_OUT: "Sair", "Sign out";
    SIGN_OUT_EVERYWHERE: "Sair de todos os aparelhos", "Sign out everywhere";
    EMAIL: "E-mail", "E-mail";
    NAME: "Nome", "Name";
    PASSWORD: "Senha", "Password";
    NEW_PASSWORD: "Nova senha", "New password";
    CURRENT_PASSWORD: "Senha atual", "Current password";
    REPEATED: "Repita a nova senha", "Repeat the new password";
    CHANGE_PASSWORD: "Trocar a senha", "Change password";
    WRONG_SIGN_IN: "E-mail ou senha errados.", "Wrong e-mail or password.";
    TOO_MANY: "Muitas tentativas. Espere {seconds} segundos e tente de novo.", "Too many attempts. Wait {seconds} seconds and try again.";
    PASSWORD_SHORT: "A senha precisa de pelo menos 10 caracteres.", "The password needs at least 10 characters.";
    PASSWORD_DIFFERENT: "As duas senhas são diferentes.", "The two passwords differ.";
    PASSWORD_WRONG: "A senha atual está errada.", "The current password is wrong.";
    PASSWORD_CHANGED: "Senha trocada. Os outros aparelhos foram desconectados.", "Password changed. The other devices were signed out.";
    FORGOT: "Esqueci a senha", "I forgot my password";
    PROFILE: "Meu perfil", "My profile";
    LANGUAGE: "Idioma", "Language";
    THEME: "Aparência", "Appearance";
    THEME_AUTO: "Como o sistema", "As the system";
    THEME_LIGHT: "Clara", "Light";
    THEME_DARK: "Escura", "Dark";
    NOTIFY: "Mostrar avisos neste navegador", "Show notifications in this browser";
    SOUNDS: "Sons de aviso", "Notification sounds";
    ENTER_SENDS: "Enter envia a mensagem (Shift+Enter quebra a linha)", "Enter sends the message (Shift+Enter breaks the line)";
    SAVED: "Salvo.", "Saved.";
    PRESENCE: "Presença", "Presence";
}
