namespace MiniTrader.Books;

/// <summary>
/// What became of a book delta. All but the first are anomalies of the data: counted by the book, kind by kind, and never a crash.
/// </summary>
public enum BookResult : byte
{
    /// <summary>The book now shows it.</summary>
    Applied,

    /// <summary>Applied; since then the best bid is not below the best ask. Counted when a book becomes crossed, not while it stays so.</summary>
    Crossed,

    /// <summary>Applied as far as it goes: more traded than the order had left, so the order is gone.</summary>
    OverExecuted,

    /// <summary>Refused: a change of an order that is not in the book.</summary>
    UnknownOrder,

    /// <summary>Refused: a new order whose id is in the book already; the first one stays.</summary>
    DuplicateOrder,

    /// <summary>Refused: the delete of a level that is not in the book.</summary>
    UnknownLevel,

    /// <summary>Refused: no room for another order or level. The book is no longer whole.</summary>
    Full,

    /// <summary>Refused: a size below zero.</summary>
    NegativeSize,

    /// <summary>Refused: a new order or an execution of nothing.</summary>
    ZeroSize,

    /// <summary>Refused: the sizes at the level would add up to more than 64 bits hold.</summary>
    TooLarge,

    /// <summary>Refused: a price at which the instrument cannot trade.</summary>
    WrongPrice,

    /// <summary>Refused: no side where one is needed, one that does not exist, or another than the order's.</summary>
    WrongSide,

    /// <summary>Refused: a change of an order for a book of levels, or the other way round.</summary>
    WrongDepth,

    /// <summary>Refused: no action that a book knows.</summary>
    UnknownAction,
}
