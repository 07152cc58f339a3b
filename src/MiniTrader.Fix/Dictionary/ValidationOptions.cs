namespace MiniTrader.Fix;

/// <summary>What validation looks at; the names are those of QuickFIX session settings, the defaults those of QuickFIX/n.</summary>
public sealed record ValidationOptions
{
    public static ValidationOptions Default { get; } = new();

    /// <summary>A header field behind the first body field, or a body field behind the trailer, is refused.</summary>
    public bool ValidateFieldsOutOfOrder { get; init; } = true;

    /// <summary>A field without a value is refused.</summary>
    public bool ValidateFieldsHaveValues { get; init; } = true;

    /// <summary>Tags from 5000 on must be in the dictionary, too.</summary>
    public bool ValidateUserDefinedFields { get; init; } = true;

    /// <summary>The fields of a group's entry must come in the dictionary's order. QuickFIX/n does not look; QuickFIX/J does.</summary>
    public bool ValidateUnorderedGroupFields { get; init; }

    /// <summary>Tags that the dictionary does not know, or not in this message, pass.</summary>
    public bool AllowUnknownMsgFields { get; init; }
}
