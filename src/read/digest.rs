//! What a plan remembers of the files it was made from.

use sha2::{Digest, Sha256};

/// `sha256:` and the hexadecimal digest of these bytes.
pub fn sha256(bytes: &[u8]) -> String {
    written(&Sha256::digest(bytes))
}

/// One digest for files (relative path, bytes), whatever order they come in: over each, by path, the path, NUL, the
/// length in decimal, NUL and the bytes.
pub fn programme(files: &[(String, Vec<u8>)]) -> String {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by(|a, b| a.0.as_bytes().cmp(b.0.as_bytes()));
    let mut hash = Sha256::new();
    for (path, bytes) in sorted {
        hash.update(path.as_bytes());
        hash.update([0]);
        hash.update(bytes.len().to_string().as_bytes());
        hash.update([0]);
        hash.update(bytes);
    }
    written(&hash.finalize())
}

fn written(digest: &[u8]) -> String {
    digest.iter().fold("sha256:".to_owned(), |text, byte| format!("{text}{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::{programme, sha256};

    #[test]
    fn paths_and_lengths_are_part_of_it() {
        let file = |path: &str, text: &str| (path.to_owned(), text.as_bytes().to_vec());
        let (a, b) = (file("a.csv", "1"), file("b.csv", "2"));
        assert_eq!(programme(&[a.clone(), b.clone()]), programme(&[b.clone(), a.clone()]));
        assert_eq!(programme(&[a.clone(), b]), sha256(b"a.csv\x001\x001b.csv\x001\x002"));
        assert_ne!(programme(&[a]), programme(&[file("a.csv", "2")]));
        assert_eq!(sha256(b""), "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
