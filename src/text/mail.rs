//! Phrases on mail: its settings and what may fail.

super::phrases! {
    TITLE: "E-mail", "Mail";
    INTRODUCTION: "O servidor por onde o Balcão envia convites, redefinições de senha e avisos. Sem ele tudo funciona, e os links são copiados à mão.", "The server through which Balcão sends invitations, password resets and notices. Without it everything works, and links are copied by hand.";
    HOST: "Servidor (SMTP)", "Server (SMTP)";
    PORT: "Porta", "Port";
    SECURITY: "Proteção", "Protection";
    SECURITY_TLS: "TLS (porta 465)", "TLS (port 465)";
    SECURITY_STARTTLS: "STARTTLS (porta 587)", "STARTTLS (port 587)";
    SECURITY_NONE: "Nenhuma (só para um servidor nesta máquina)", "None (only for a server on this machine)";
    USERNAME: "Usuário", "User name";
    USERNAME_HINT: "Deixe vazio se o servidor não pede.", "Leave it empty if the server asks for none.";
    PASSWORD: "Senha", "Password";
    PASSWORD_KEPT: "Deixe vazio para manter a senha guardada.", "Leave it empty to keep the stored password.";
    FORGET_PASSWORD: "Apagar a senha guardada", "Forget the stored password";
    SENDER_NAME: "Nome do remetente", "Sender's name";
    SENDER_ADDRESS: "E-mail do remetente", "Sender's address";
    CERTIFICATE: "Certificado próprio (PEM)", "Certificate of your own (PEM)";
    CERTIFICATE_HINT: "Só para servidores com certificado que não é de uma autoridade pública.", "Only for servers whose certificate is not of a public authority.";
    BAD_HOST: "Escreva só o nome do servidor, como smtp.exemplo.com.br.", "Write only the server's name, such as smtp.example.com.";
    BAD_PORT: "A porta é um número de 1 a 65535.", "The port is a number from 1 to 65535.";
    BAD_CERTIFICATE: "Isto não é um certificado em PEM.", "This is not a certificate in PEM.";
    FAILED_DNS: "O nome do servidor não foi encontrado. Confira se está escrito certo.", "The server's name was not found. Check how it is written.";
    FAILED_REFUSED: "O servidor não aceitou a conexão. Confira o nome e a porta.", "The server did not accept the connection. Check its name and port.";
    FAILED_SILENT: "O servidor não respondeu a tempo. Confira o nome, a porta e a proteção; um firewall também pode ser a causa.", "The server did not answer in time. Check its name, port and protection; a firewall may be the cause, too.";
    FAILED_TLS: "A conexão protegida (TLS) falhou: o certificado não vale para este nome, ou esta porta usa outra proteção.", "The protected connection (TLS) failed: the certificate is not valid for this name, or this port uses another protection.";
    FAILED_PLAIN: "Sem proteção o Balcão só fala com um servidor nesta máquina. Escolha TLS ou STARTTLS.", "Without protection Balcão only speaks to a server on this machine. Choose TLS or STARTTLS.";
    FAILED_SIGN_IN: "O servidor recusou o usuário e a senha.", "The server refused the user name and password.";
    FAILED_SENDER: "O servidor recusou o remetente. Ele costuma aceitar só o endereço da própria conta.", "The server refused the sender. Most accept only the account's own address.";
    FAILED_RECIPIENT: "O servidor recusou o destinatário.", "The server refused the recipient.";
    FAILED_CONTENT: "O servidor recusou a mensagem.", "The server refused the message.";
    FAILED_TALK: "O servidor respondeu algo que o Balcão não entende.", "The server answered something that Balcão does not understand.";
    DETAIL: "O servidor disse: {detail}", "The server said: {detail}";
}
