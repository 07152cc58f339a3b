namespace MiniTrader.Fix;

/// <summary>
/// A store file is damaged where a killed process cannot have damaged it: going on would use sequence numbers twice.
/// The message says where, and what may be done.
/// </summary>
public sealed class StoreDamagedException : IOException
{
    public StoreDamagedException()
    {
    }

    public StoreDamagedException(string message)
        : base(message)
    {
    }

    public StoreDamagedException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
