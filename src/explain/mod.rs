//! Why a request is not served, and what would help.
