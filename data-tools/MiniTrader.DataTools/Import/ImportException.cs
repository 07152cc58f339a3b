namespace MiniTrader.DataTools;

/// <summary>An input that cannot be imported; the sentence names the file, the line where there is one, and the reason.</summary>
public sealed class ImportException : Exception
{
    public ImportException()
    {
    }

    public ImportException(string message)
        : base(message)
    {
    }

    public ImportException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
