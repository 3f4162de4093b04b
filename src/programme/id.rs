//! Dense ids: every table's rows are numbered from 0 in file order, and each table has an id type of its own.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A number that stands for one row of one table.
pub trait Id: Copy + Eq + Ord + std::hash::Hash {
    /// The id of row `index`.
    fn new(index: usize) -> Self;
    /// The row's number.
    fn index(self) -> usize;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl Id for $name {
            fn new(index: usize) -> Self {
                $name(u32::try_from(index).expect("fewer than four billion rows"))
            }
            fn index(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

ids! {
    /// A region, named in regions.csv or only used.
    RegionId,
    /// A country (an ISO code or whatever places.csv says).
    CountryId,
    /// A place of places.csv, or one of the atlas that is used.
    PlaceId,
    /// A course.
    CourseId,
    /// A trainer.
    TrainerId,
    /// A request.
    RequestId,
    /// A fund.
    FundId,
    /// A language, by its code.
    LanguageId,
    /// A trainer's tag.
    TagId,
    /// A row of interpretation.csv.
    InterpretationId,
    /// A row of quotas.csv.
    QuotaId,
    /// A `together` label.
    TogetherId,
    /// A session label of pins.csv.
    PinLabelId,
}

/// A list that is indexed by one kind of id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dense<I, T> {
    items: Vec<T>,
    id: PhantomData<fn(I) -> I>,
}

impl<I: Id, T> Dense<I, T> {
    /// The list with these items, in this order.
    pub fn new(items: Vec<T>) -> Self {
        Dense { items, id: PhantomData }
    }

    /// `len` copies of one item.
    pub fn filled(item: T, len: usize) -> Self
    where
        T: Clone,
    {
        Dense::new(vec![item; len])
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// True when there is none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// The ids in order.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = I> + ExactSizeIterator + use<I, T> {
        (0..self.items.len()).map(I::new)
    }

    /// The items in order, each with its id.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.items.iter().enumerate().map(|(i, t)| (I::new(i), t))
    }

    /// The items in order.
    pub fn values(&self) -> std::slice::Iter<'_, T> {
        self.items.iter()
    }

    /// Adds an item at the end and says its id.
    pub fn push(&mut self, item: T) -> I {
        self.items.push(item);
        I::new(self.items.len() - 1)
    }
}

impl<I: Id, T> Default for Dense<I, T> {
    fn default() -> Self {
        Dense::new(Vec::new())
    }
}

impl<I: Id, T> FromIterator<T> for Dense<I, T> {
    fn from_iter<A: IntoIterator<Item = T>>(items: A) -> Self {
        Dense::new(items.into_iter().collect())
    }
}

impl<I: Id, T> Index<I> for Dense<I, T> {
    type Output = T;
    fn index(&self, id: I) -> &T {
        &self.items[id.index()]
    }
}

impl<I: Id, T> IndexMut<I> for Dense<I, T> {
    fn index_mut(&mut self, id: I) -> &mut T {
        &mut self.items[id.index()]
    }
}
