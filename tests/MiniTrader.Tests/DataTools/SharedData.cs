using Xunit;

namespace MiniTrader.Tests.DataTools;

/// <summary>Finds the real market data that lies beside the repository; tests that need it are skipped where it is missing.</summary>
internal static class SharedData
{
    public static string Path(string relative)
    {
        string? root = Environment.GetEnvironmentVariable("MINITRADER_TEST_DATA") ?? Beside();
        string path = System.IO.Path.Combine(root ?? "", relative);
        if (root is null || (!File.Exists(path) && !Directory.Exists(path)))
            Assert.Skip($"Real data '{relative}' is not there: it is looked for in ../shared/data and in MINITRADER_TEST_DATA.");
        return path;
    }

    private static string? Beside()
    {
        for (DirectoryInfo? directory = new(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(directory.FullName, "MiniTrader.sln"))) continue;
            string data = System.IO.Path.Combine(directory.FullName, "..", "shared", "data");
            return Directory.Exists(data) ? System.IO.Path.GetFullPath(data) : null;
        }

        return null;
    }
}
