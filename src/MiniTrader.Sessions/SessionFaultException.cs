namespace MiniTrader.Sessions;

/// <summary>A session ended because a strategy threw or an invariant broke. The message says when; the inner exception is the cause.</summary>
public sealed class SessionFaultException : Exception
{
    public SessionFaultException()
    {
    }

    public SessionFaultException(string message)
        : base(message)
    {
    }

    public SessionFaultException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
