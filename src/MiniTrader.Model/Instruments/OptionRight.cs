namespace MiniTrader.Model;

/// <summary>Call or put; none for anything that is not an option.</summary>
public enum OptionRight : byte
{
    None,
    Call,
    Put,
}
