namespace MiniTrader.TickStore;

/// <summary>The members of Arrow's type union, by their numbers in Schema.fbs.</summary>
internal enum ArrowType : byte
{
    None = 0,
    Null = 1,
    Int = 2,
    FloatingPoint = 3,
    Binary = 4,
    Utf8 = 5,
    Bool = 6,
    Decimal = 7,
    Date = 8,
    Time = 9,
    Timestamp = 10,
    Interval = 11,
    FixedSizeBinary = 15,
    Duration = 18,
    LargeBinary = 19,
    LargeUtf8 = 20,
}
