//! Registers as files: tried first, taken once, line by line, and written out so that they come back the same.

use balcao::platform::web::http::Method::Post;
use balcao::platform::web::http::Response;

use crate::support::{House, Person, request, text};

/// Tries a pasted table.
fn tries(person: &Person, register: &str, table: &str) -> Response {
    person.post(&format!("/settings/{register}/import"), &[("text", table)])
}

/// Takes what was tried last.
fn takes(person: &Person, register: &str, tried: &Response) -> Response {
    let page = text(tried);
    let mark = format!("/settings/{register}/import/");
    let id = page.split(&mark).nth(1).and_then(|rest| rest.split('"').next()).expect("a button that takes it");
    person.post(&format!("{mark}{id}"), &[])
}

fn line(response: &Response) -> String {
    let page = text(response);
    page.split("<p class=\"total\">").nth(1).and_then(|rest| rest.split('<').next()).unwrap_or(&page).to_owned()
}

fn export(person: &Person, register: &str) -> String {
    let answer = person.get(&format!("/settings/{register}/export"));
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv; charset=utf-8")));
    text(&answer)
}

#[test]
fn tags_are_tried_without_a_trace_then_taken_and_the_same_file_changes_nothing() {
    let house = House::new();
    let adm = house.adm();
    let table = "Nome;Cor;Departamentos\nVIP;roxo;Vendas\n=urgente;vermelho;Vendas | Suporte\nErrada;furta-cor;\nDe fora;azul;Marte\n";
    let tried = tries(&adm, "tags", table);
    assert_eq!(line(&tried), "2 para criar, 0 para mudar, 0 iguais, 2 com erro");
    let page = text(&tried);
    assert!(
        page.contains("<td>4</td><td>Errada</td><td>cor</td>")
            && page.contains("<td>5</td><td>De fora</td><td>departamentos</td>"),
        "{page}"
    );
    assert!(!text(&adm.get("/settings/tags")).contains("VIP"), "a try leaves nothing behind");
    let taken = takes(&adm, "tags", &tried);
    assert_eq!(taken.status, 303);
    let done = text(&adm.get(taken.header("location").expect("a page")));
    assert!(done.contains("2 criadas, 0 mudadas, 0 já eram iguais, 2 ficaram de fora"), "{done}");
    assert!(text(&adm.get("/settings/tags")).contains("VIP"));
    assert_eq!(takes(&adm, "tags", &tried).status, 409, "once is enough");
    let again = tries(&adm, "tags", "Nome;Cor;Departamentos\nvip;roxo;Vendas\n=urgente;vermelho;Vendas | Suporte");
    assert_eq!(line(&again), "0 para criar, 1 para mudar, 1 iguais, 0 com erro", "a name in other letters is a change");
    let out = export(&adm, "tags");
    assert!(out.contains("'=urgente;"), "{out}");
    assert_eq!(line(&tries(&adm, "tags", &out)), "0 para criar, 0 para mudar, 2 iguais, 0 com erro");
}

#[test]
fn a_file_in_latin_1_comes_by_upload_and_a_cut_one_is_refused() {
    let house = House::new();
    let adm = house.adm();
    let send = |file: &[u8]| {
        let mut body = b"--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"tags.csv\"\r\n\r\n".to_vec();
        body.extend(file);
        body.extend(b"\r\n--xx\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n\r\n--xx--\r\n");
        let headers = [("cookie", adm.cookie.as_str()), ("content-type", "multipart/form-data; boundary=xx")];
        let mut asked = request(Post, "/settings/tags/import", "", &headers);
        asked.body = balcao::platform::web::http::Body::Bytes(body);
        balcao::answering::handle(&house.app, asked)
    };
    let tried = send(b"nome,cor\nDevolu\xe7\xe3o,\xe2mbar\n");
    assert!(text(&tried).contains("Devolução") && line(&tried).starts_with("1 para criar"), "{}", text(&tried));
    for (file, words) in [
        (&b"nome\n\"cortad"[..], "parece cortado"),
        (b"", "Não há linhas"),
        (b"nome;nome\na;b", "duas vezes"),
        (b"nome;pre\xe7o\na;b", "“preço”"),
        (b"cor\nazul", "Falta a coluna “nome”"),
    ] {
        let refused = send(file);
        assert_eq!(refused.status, 422);
        assert!(text(&refused).contains(words), "{words}: {}", text(&refused));
    }
    let kept = tries(&adm, "tags", "cor\nmeu texto");
    assert!(kept.status == 422 && text(&kept).contains("meu texto"), "what was pasted stays");
}

#[test]
fn a_lead_takes_in_what_is_hers_and_nobody_takes_another_s_file() {
    let house = House::new();
    let (lia, adm) = (house.lia(), house.adm());
    assert_eq!(tries(&adm, "tags", "nome;cor\nGeral;azul").status, 200);
    takes(&adm, "tags", &tries(&adm, "tags", "nome;cor\nGeral;azul"));
    let tried = tries(
        &lia,
        "tags",
        "nome;cor;departamentos\nGeral;verde;Vendas\nDela;verde;Vendas\nTodos;verde;\nDeles;verde;Suporte",
    );
    assert_eq!(line(&tried), "1 para criar, 0 para mudar, 0 iguais, 3 com erro", "{}", text(&tried));
    assert_eq!(takes(&adm, "tags", &tried).status, 409);
    assert_eq!(takes(&lia, "tags", &tried).status, 303);
    assert!(text(&adm.get("/settings/audit")).contains("importou um cadastro"));
}

#[test]
fn the_catalogue_comes_back_from_its_file_with_what_is_missing_above_made() {
    let house = House::new();
    let adm = house.adm();
    let out = export(&adm, "dispositions");
    assert!(out.contains("Entrega › Atraso;Negativo"), "{out}");
    assert_eq!(line(&tries(&adm, "dispositions", &out)), "0 para criar, 0 para mudar, 2 iguais, 0 com erro");
    let table = "caminho;sentimento;usos;departamentos\nTroca > Tamanho > Menor;neutro;Ocorrência | conversation;Vendas\nEntrega › Atraso;neutro;;\nA > B > C > D;;;\nSem uso;;;Vendas";
    let tried = tries(&adm, "dispositions", table);
    assert_eq!(line(&tried), "1 para criar, 1 para mudar, 0 iguais, 2 com erro", "{}", text(&tried));
    assert_eq!(takes(&adm, "dispositions", &tried).status, 303);
    let out = export(&adm, "dispositions");
    assert!(out.contains("Troca › Tamanho › Menor;Neutro") && out.contains("Entrega › Atraso;Neutro"), "{out}");
    assert_eq!(line(&tries(&adm, "dispositions", &out)), "0 para criar, 0 para mudar, 5 iguais, 0 com erro");
}

#[test]
fn canned_replies_keep_their_breaks_and_quotes_and_unknown_variables_are_named() {
    let house = House::new();
    let (lia, ana) = (house.lia(), house.ana());
    let table = "título;texto;palavras-chave;para quem;departamentos\nPix;\"Chave: \"\"11\"\"\nObrigado, {cliente}!\";pix, pagamento;;Vendas\nRuim;{quando};;;Vendas\n";
    let tried = tries(&lia, "canned-replies", table);
    assert_eq!(line(&tried), "1 para criar, 0 para mudar, 0 iguais, 1 com erro", "{}", text(&tried));
    assert_eq!(takes(&lia, "canned-replies", &tried).status, 303);
    let out = export(&lia, "canned-replies");
    assert!(out.contains("\"Chave: \"\"11\"\"\nObrigado, {cliente}!\""), "{out}");
    assert_eq!(line(&tries(&lia, "canned-replies", &out)), "0 para criar, 0 para mudar, 1 iguais, 0 com erro");
    // An agent brings own ones alone.
    let own = tries(&ana, "canned-replies", "title;text\nMeu;Oi\n");
    assert_eq!(line(&own), "1 para criar, 0 para mudar, 0 iguais, 0 com erro");
    assert_eq!(takes(&ana, "canned-replies", &own).status, 303);
    assert!(!export(&lia, "canned-replies").contains("Meu;"));
    let others = tries(&ana, "canned-replies", "title;text;for whom\nX;Oi;everyone\n");
    assert!(line(&others).contains("1 com erro"));
}
