namespace MiniTrader.DataTools;

/// <summary>What became of one MBO record.</summary>
public enum MboOutcome : byte
{
    /// <summary>It made one delta or two.</summary>
    Stored,

    /// <summary>A delta, though the order was not known: a modification that the file shows without the order before it.</summary>
    StoredUnknown,

    /// <summary>A delta of what the order still displayed, which was less than the fill.</summary>
    StoredInPart,

    /// <summary>It is a public trade, and no delta.</summary>
    Trade,

    /// <summary>A fill of an order that no book displayed.</summary>
    FillOfUnknown,

    /// <summary>A fill of the aggressor, in an auction, or away from the order's price: the order leaves by its own cancel.</summary>
    FillElsewhere,

    /// <summary>A fill of an order of which nothing is displayed any more.</summary>
    FillOfHidden,

    /// <summary>The order already shows what the record says, as after an execution.</summary>
    Unchanged,

    /// <summary>The action is none.</summary>
    NoAction,

    /// <summary>An order of the time before the file, which begins without a snapshot.</summary>
    BeforeFile,

    /// <summary>From here on the record is wrong.</summary>
    UnknownOrder,
    DuplicateOrder,
    NoOrderId,
    NoSide,
    NoPrice,
    NoSize,
    UnknownAction,
    LevelRecord,
}

/// <summary>Outcomes as the import's books word them.</summary>
internal static class MboOutcomeText
{
    public static RowOutcome ToRow(this MboOutcome outcome) => outcome switch
    {
        MboOutcome.Stored or MboOutcome.StoredUnknown or MboOutcome.StoredInPart or MboOutcome.Trade => RowOutcome.Stored,
        MboOutcome.FillOfUnknown => RowOutcome.LeftOut("fill of an order that is not displayed"),
        MboOutcome.FillElsewhere => RowOutcome.LeftOut("fill in an auction, of the aggressor or away from its price: a cancel or modify follows"),
        MboOutcome.FillOfHidden => RowOutcome.LeftOut("fill of what is not displayed any more"),
        MboOutcome.Unchanged => RowOutcome.LeftOut("the order shows it already, as after a fill"),
        MboOutcome.NoAction => RowOutcome.LeftOut("no action"),
        MboOutcome.BeforeFile => RowOutcome.LeftOut("cancel of an order from before the file, which has no snapshot"),
        MboOutcome.UnknownOrder => RowOutcome.Refused("it cancels an order that is not in the book"),
        MboOutcome.DuplicateOrder => RowOutcome.Refused("it adds an order that is in the book already"),
        MboOutcome.NoOrderId => RowOutcome.Refused("the order id is zero"),
        MboOutcome.NoSide => RowOutcome.Refused("the order has no side"),
        MboOutcome.NoPrice => RowOutcome.Refused("the price is undefined"),
        MboOutcome.NoSize => RowOutcome.Refused("the size is zero"),
        MboOutcome.LevelRecord => RowOutcome.Refused("it is a price level among orders"),
        _ => RowOutcome.Refused("the action is none of A, M, C, R, F, T, N"),
    };
}
