namespace MiniTrader.Fix;

/// <summary>What the text of a field must look like.</summary>
public enum FieldType : byte
{
    /// <summary>Anything: strings, currencies, countries, local dates, month-years, data.</summary>
    Text,
    Char,
    Int,
    Decimal,
    Bool,
    UtcTimestamp,
    UtcDate,
    UtcTime,

    /// <summary>Values of the enumeration, separated by blanks.</summary>
    MultipleValues,

    /// <summary>The length of the data field that follows.</summary>
    Length,
    Data,
    NumInGroup,
}
