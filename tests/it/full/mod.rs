mod climb;
mod tiny;
