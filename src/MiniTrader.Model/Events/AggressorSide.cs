namespace MiniTrader.Model;

/// <summary>Which side took liquidity in a trade.</summary>
public enum AggressorSide : byte
{
    Unknown,
    Buyer,
    Seller,
}
