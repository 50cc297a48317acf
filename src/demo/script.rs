//! What the sample company's people are called, and what they say.

use crate::desk::dispositions::Sentiment::{self, Negative, Neutral, Positive};
use crate::platform::ui::colour::Colour;
use crate::team::agents::Role;

/// Name, sign-in, role, departments by index.
pub const TEAM: &[(&str, &str, Role, &[usize])] = &[
    ("Helena Prado", "admin", Role::Admin, &[0, 1, 2, 3]),
    ("Marcos Teixeira", "n3", Role::Lead, &[0, 1]),
    ("Juliana Campos", "n2", Role::Senior, &[0, 2]),
    ("Ana Beatriz Lima", "agente", Role::Agent, &[0]),
    ("Rafael Nogueira", "rafael", Role::Agent, &[0, 1]),
    ("Camila Duarte", "camila", Role::Agent, &[1]),
    ("Bruno Siqueira", "bruno", Role::Agent, &[2]),
    ("Patrícia Alencar", "patricia", Role::Senior, &[2, 3]),
    ("Diego Farias", "diego", Role::Agent, &[3]),
];

pub const DEPARTMENTS: &[&str] = &["Atendimentos Gerais", "Vendas", "Suporte Técnico", "Financeiro"];

pub const FIRST_NAMES: &[&str] = &[
    "Maria",
    "José",
    "Ana",
    "João",
    "Antônia",
    "Francisco",
    "Adriana",
    "Carlos",
    "Juliana",
    "Paulo",
    "Márcia",
    "Pedro",
    "Fernanda",
    "Lucas",
    "Patrícia",
    "Luiz",
    "Aline",
    "Marcelo",
    "Sandra",
    "Gabriel",
    "Camila",
    "Rafael",
    "Amanda",
    "Daniel",
    "Bruna",
    "Thiago",
    "Jéssica",
    "Eduardo",
    "Letícia",
    "Vinícius",
    "Luana",
    "Conceição",
];

pub const LAST_NAMES: &[&str] = &[
    "da Silva",
    "Souza",
    "Oliveira",
    "Santos",
    "Lima",
    "Pereira",
    "Ferreira",
    "Costa",
    "Rodrigues",
    "Almeida",
    "Nascimento",
    "Araújo",
    "Melo",
    "Barbosa",
    "Cardoso",
    "Gonçalves",
    "Ribeiro",
    "Carvalho",
    "Martins",
    "Rocha",
    "Moraes",
    "Teixeira",
    "Nunes",
    "Brandão",
];

pub const AREAS: &[&str] = &["11", "21", "31", "41", "51", "61", "71", "81", "85", "19", "27", "48", "62", "92"];

pub const TAGS: &[(&str, Colour)] = &[
    ("urgente", Colour::Red),
    ("VIP", Colour::Purple),
    ("troca", Colour::Amber),
    ("2ª via", Colour::Blue),
    ("pós-venda", Colour::Green),
    ("reincidente", Colour::Pink),
];

/// Category, and its reasons.
pub const CATALOGUE: &[(&str, &[(&str, Sentiment)])] = &[
    (
        "Entrega",
        &[
            ("Atraso da transportadora", Negative),
            ("Endereço corrigido", Neutral),
            ("Pedido localizado", Positive),
            ("Extravio", Negative),
        ],
    ),
    (
        "Pagamento",
        &[
            ("2ª via enviada", Positive),
            ("Estorno solicitado", Negative),
            ("Dúvida sobre Pix", Neutral),
            ("Nota fiscal enviada", Positive),
        ],
    ),
    ("Produto", &[("Troca aprovada", Neutral), ("Defeito confirmado", Negative), ("Dúvida respondida", Positive)]),
    ("Venda", &[("Venda concluída", Positive), ("Orçamento enviado", Neutral), ("Cliente desistiu", Negative)]),
    ("Outros", &[("Elogio", Positive), ("Engano", Neutral), ("Sem retorno do cliente", Neutral)]),
];

/// Title, keywords, text.
pub const CANNED: &[(&str, &str, &str)] = &[
    (
        "Saudação",
        "olá oi início",
        "{saudacao}, {primeiro_nome}! Aqui é {atendente}, de {departamento}. Como posso ajudar?",
    ),
    (
        "Número do protocolo",
        "protocolo número",
        "O número deste atendimento é {protocolo}. Guarde-o para consultar depois.",
    ),
    ("Um momento", "aguarde espera", "Só um momento, {primeiro_nome}, já estou verificando para você."),
    (
        "Prazo de entrega",
        "entrega frete prazo",
        "O prazo de entrega é de 3 a 7 dias úteis depois da postagem. Assim que o pedido sair, o código de rastreio chega por e-mail.",
    ),
    (
        "Rastrear pedido",
        "rastreio correios transportadora",
        "Para acompanhar a entrega, use o código de rastreio que enviamos por e-mail na página da transportadora.",
    ),
    (
        "2ª via de boleto",
        "boleto segunda via pagamento",
        "Enviamos a 2ª via do boleto para o e-mail do cadastro. Ela vence em 3 dias úteis.",
    ),
    (
        "Pagamento por Pix",
        "pix chave",
        "Você pode pagar por Pix com o QR Code da página do pedido. A confirmação costuma levar poucos minutos.",
    ),
    (
        "Troca e devolução",
        "troca devolução arrependimento",
        "Você tem 7 dias corridos depois do recebimento para desistir da compra e 30 dias para trocar um produto com defeito.",
    ),
    (
        "Foto do defeito",
        "defeito foto garantia",
        "{primeiro_nome}, pode enviar uma foto do produto e da etiqueta? Assim abrimos a análise na hora.",
    ),
    ("Nota fiscal", "nf nota fiscal danfe", "A nota fiscal segue por e-mail assim que o pedido é faturado."),
    (
        "Horário de atendimento",
        "horário funcionamento",
        "Atendemos de segunda a sexta, das 8h às 18h, e aos sábados das 9h às 13h.",
    ),
    (
        "Endereço da loja",
        "endereço loja retirada",
        "Nossa loja fica na Rua das Palmeiras, 120, Centro. A retirada é gratuita.",
    ),
    (
        "Estorno",
        "estorno reembolso cartão",
        "O estorno aparece na fatura em até duas faturas, conforme a operadora do cartão.",
    ),
    ("Posso ajudar em algo mais?", "encerrar mais algo", "Posso ajudar em algo mais, {primeiro_nome}?"),
    ("Agradecimento", "obrigado tchau despedida", "A {empresa} agradece o contato. Tenha um ótimo dia!"),
];

/// What is recorded as an occurrence.
pub const OCCURRENCES: &[&str] = &[
    "Transportadora confirmou nova tentativa de entrega para amanhã.",
    "Cliente enviou foto do produto com defeito; encaminhado à qualidade.",
    "Pagamento localizado no extrato, baixa manual feita.",
    "Cliente pediu para não receber ligações antes das 10h.",
    "Endereço estava incompleto no cadastro; corrigido com o cliente.",
    "Desconto de 10% autorizado pela gerência.",
];

/// Who speaks in a dialogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Client,
    Team,
    Bot,
    Note,
}
use Voice::{Bot, Client, Note, Team};

/// Dialogues: department by index, lines. `{nome}` is the contact, `{agente}` the agent, `{pedido}` a number, `{valor}` an amount.
pub const DIALOGUES: &[(usize, &[(Voice, &str)])] = &[
    (
        0,
        &[
            (Client, "Bom dia! Fiz o pedido {pedido} e ainda não chegou. Vocês conseguem ver?"),
            (Team, "Bom dia, {nome}! Aqui é {agente}. Vou consultar o pedido {pedido} agora mesmo."),
            (Note, "Transportadora confirma: caminhão quebrou em Registro/SP, nova previsão amanhã."),
            (
                Team,
                "Achei: houve um imprevisto com a transportadora e a nova previsão é amanhã até as 18h. Peço desculpas pelo transtorno.",
            ),
            (Client, "Poxa, era presente de aniversário 😕 mas tudo bem, obrigada por avisar"),
            (
                Team,
                "Entendo, {nome}. Coloquei o seu pedido como prioridade e aviso assim que sair para entrega, combinado?",
            ),
            (Client, "Combinado, fico no aguardo"),
        ],
    ),
    (
        3,
        &[
            (Client, "Preciso da segunda via do boleto, o meu venceu ontem"),
            (Bot, "Recebemos sua mensagem e já vamos chamar uma pessoa do Financeiro."),
            (
                Team,
                "Olá, {nome}! Gerei um novo boleto de R$ {valor} com vencimento para sexta-feira. Posso mandar por aqui?",
            ),
            (Client, "Pode sim. Tem Pix também?"),
            (Team, "Tem! O código copia e cola vai junto com o boleto. O Pix cai na hora."),
            (Client, "Perfeito, paguei agora pelo Pix"),
        ],
    ),
    (
        2,
        &[
            (Client, "O aplicativo fecha sozinho quando abro a tela de pedidos"),
            (Team, "Oi, {nome}, aqui é {agente}, do suporte. Qual é o modelo do seu celular e a versão do aplicativo?"),
            (Client, "É um Moto G54, o app diz 4.12.1"),
            (Note, "Mesmo erro do ticket da semana passada: corrigido na 4.12.3, ainda não chegou para todos."),
            (
                Team,
                "Esse erro já foi corrigido na versão 4.12.3. Consegue atualizar pela Play Store e me dizer se resolveu?",
            ),
            (Client, "Atualizando…"),
            (Client, "Agora abriu! Muito obrigado"),
        ],
    ),
    (
        1,
        &[
            (Client, "Boa tarde, vocês têm a cafeteira Aroma 12 xícaras na cor preta?"),
            (Team, "Boa tarde, {nome}! Temos sim, por R$ {valor} à vista ou em até 6 vezes sem juros."),
            (Client, "E a entrega para o CEP 50030-230, quanto tempo demora?"),
            (Team, "Para Recife são 5 dias úteis com frete grátis. Posso separar uma para você?"),
            (Client, "Vou falar com meu marido e já volto"),
        ],
    ),
    (
        0,
        &[
            (Client, "Comprei um tênis e veio o número errado, pedi 38 e veio 40"),
            (Team, "Oi, {nome}, que chato! Vamos trocar. Você ainda tem a embalagem?"),
            (Client, "Tenho tudo aqui, nem usei"),
            (
                Team,
                "Ótimo. O código de postagem é 7{pedido}, é só levar a uma agência dos Correios, sem custo. O novo sai assim que postar.",
            ),
            (Client, "Maravilha, levo amanhã cedo"),
            (Note, "Troca por erro nosso de separação, avisar o estoque."),
        ],
    ),
    (
        3,
        &[
            (Client, "Fui cobrado duas vezes no cartão!! R$ {valor} duas vezes"),
            (Team, "{nome}, sinto muito por isso. Pode me mandar o horário das duas cobranças?"),
            (Client, "14:02 e 14:03 do dia 18"),
            (Note, "Duplicidade confirmada na adquirente. Estorno pedido, protocolo EST-{pedido}."),
            (
                Team,
                "Confirmei a duplicidade e já pedi o estorno da segunda. Aparece na fatura em até dois fechamentos, mas consigo adiantar o comprovante.",
            ),
            (Client, "Quero o comprovante sim. Isso não pode acontecer de novo"),
        ],
    ),
    (
        2,
        &[
            (Client, "Não consigo entrar na minha conta, diz que a senha está errada mas tenho certeza que é essa"),
            (Bot, "Enquanto uma pessoa não chega: você pode pedir uma senha nova em https://loja.example/senha"),
            (Client, "Já tentei, o e-mail não chega"),
            (
                Team,
                "Olá, {nome}. Seu cadastro está com um e-mail antigo, por isso não chegou. Quer trocar para o atual?",
            ),
            (Client, "Quero, por favor"),
        ],
    ),
    (
        1,
        &[
            (Client, "Quero um orçamento para 40 cadeiras de escritório, somos uma escola"),
            (
                Team,
                "Que bom falar com você, {nome}! Para 40 unidades consigo 12% de desconto. Precisam de nota em nome da escola?",
            ),
            (Client, "Sim, com CNPJ. E entrega em Campinas"),
            (Team, "Mando o orçamento ainda hoje. Posso te ligar às 16h para fechar os detalhes?"),
            (Client, "Pode ligar às 16h sim"),
        ],
    ),
    (
        0,
        &[
            (Client, "Oi, qual o horário de funcionamento da loja do centro no feriado?"),
            (Team, "Oi, {nome}! No feriado a loja do centro abre das 10h às 16h."),
            (Client, "Obrigada!!"),
        ],
    ),
    (
        0,
        &[
            (Client, "Só queria elogiar o rapaz da entrega, foi super educado com a minha mãe 👏"),
            (Team, "Que mensagem boa de ler, {nome}! Vou repassar para a equipe de entrega. Muito obrigado!"),
        ],
    ),
];
