//! The use of all cash funds, in millionths of a cent; in-kind contributions count 0.

use crate::judge::case::Case;
use crate::judge::commitments::use_of;

pub fn value(case: &Case) -> i128 {
    case.programme.funds.iter().filter(|(_, fund)| !fund.in_kind).map(|(f, _)| use_of(case, f).0).sum()
}
