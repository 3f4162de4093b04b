mod climb;
mod probe;
mod tiny;
