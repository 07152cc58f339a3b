namespace MiniTrader.Fix;

/// <summary>A session settings file says something that cannot be used. The message names the file, the line and the key, and what would do.</summary>
public sealed class FixSettingsException : Exception
{
    public FixSettingsException()
    {
    }

    public FixSettingsException(string message)
        : base(message)
    {
    }

    public FixSettingsException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
