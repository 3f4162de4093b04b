//! Tables in the terminal, no wider than a page.

use super::prose::WIDTH;
use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};

/// A column's header, and where its cells stand.
#[derive(Clone, Copy, Debug)]
pub enum Column {
    Left(&'static str),
    /// Its lines are never broken.
    Whole(&'static str),
    Right(&'static str),
}

/// The table as text, with a line break at the end. Cells may hold several lines.
pub fn grid(columns: &[Column], rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table
        .load_style(
            TableStyle::new()
                .header_lines(ContentLineStyle::none())
                .header_separator(LineStyle::none().fill('─').junction('─'))
                .content_lines(ContentLineStyle::none()),
        )
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(WIDTH as u16);
    table.set_header(columns.iter().map(|c| cell(*c, title(*c))));
    for row in rows {
        table.add_row(columns.iter().zip(row).map(|(c, text)| cell(*c, &text)).collect::<Vec<_>>());
    }
    for (column, kind) in table.column_iter_mut().zip(columns) {
        column.set_padding((0, 2));
        if !matches!(kind, Column::Left(_)) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

fn title(column: Column) -> &'static str {
    match column {
        Column::Left(title) | Column::Whole(title) | Column::Right(title) => title,
    }
}

fn cell(column: Column, text: &str) -> Cell {
    let side = match column {
        Column::Left(_) | Column::Whole(_) => CellAlignment::Left,
        Column::Right(_) => CellAlignment::Right,
    };
    Cell::new(text).set_alignment(side)
}
