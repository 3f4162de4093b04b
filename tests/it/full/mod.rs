mod climb;
mod probe;
mod random;
mod tiny;
