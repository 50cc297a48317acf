//! TLS with a certificate of the test's own, HTTP/1.1 and 2.
