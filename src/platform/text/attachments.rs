//! Phrases on files.

super::phrases! {
    TOO_LARGE: "O arquivo tem mais de 20 MB.", "The file is larger than 20 MB.";
    EMPTY: "O arquivo está vazio.", "The file is empty.";
    BAD_TYPE: "Este tipo de arquivo não é aceito. Envie imagem, PDF, documento, texto, áudio ou vídeo.", "This type of file is not accepted. Send an image, PDF, document, text, audio or video.";
    GONE: "Um dos arquivos não está mais disponível. Anexe de novo.", "One of the files is no longer available. Attach it again.";
}
