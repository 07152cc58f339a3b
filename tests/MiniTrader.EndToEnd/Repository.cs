using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>The checkout that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Its folder; skips the test where there is none.</summary>
    public static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MiniTrader.sln"))) folder = Path.GetDirectoryName(folder);
        Assert.SkipWhen(folder is null, "The tests do not run inside a checkout.");
        return folder!;
    }
}
