using Xunit;

namespace MiniTrader.EndToEnd;

/// <summary>
/// The machine code that a Release build lays beside the IL, on a program of three small assemblies. Images that hold each other's code are for exactly these builds:
/// the runtime ends a process in which one of them is of another.
/// </summary>
public sealed class ReadyToRunTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The package folder is given as NUGET_PACKAGES often is, without a slash at its end.</summary>
    [Fact]
    public void A_changed_assembly_makes_the_images_anew_of_those_that_took_over_its_code()
    {
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } set ? set : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        bool hasCompiler = Directory.Exists(packages) && Directory.EnumerateDirectories(packages, "microsoft.netcore.app.crossgen2.*").Any();
        Assert.SkipUnless(hasCompiler, "The compiler of machine code is not in the package cache; a Release build of the program brings it.");
        string targets = Path.Combine(Repository.Root(), "src", "MiniTrader.Cli", "ReadyToRun.targets");
        Write("A/MiniTrader.A.csproj", Project("", ""));
        Write("A/One.cs", "namespace A; public static class One { public static int Value() => 1; }");
        Write("B/MiniTrader.B.csproj", Project("", "<ItemGroup><ProjectReference Include=\"../A/MiniTrader.A.csproj\" /></ItemGroup>"));
        Write("B/Two.cs", "namespace B; public static class Two { public static int Value() => A.One.Value(); }");
        Write("P/MiniTrader.P.csproj", Project("<OutputType>Exe</OutputType>", $"<ItemGroup><ProjectReference Include=\"../B/MiniTrader.B.csproj\" /></ItemGroup><Import Project=\"{targets}\" />"));
        Write("P/Program.cs", "System.Console.WriteLine(B.Two.Value());");

        Assert.Equal("1", BuildAndRun(packages));
        string image = Path.Combine(_folder, "P", "obj", "Release", "net10.0", "r2r", "MiniTrader.B.dll");
        Assert.True(File.Exists(image), "The build made no machine code.");
        Write("A/One.cs", "namespace A; public static class One { public static int Value() => 2; }");
        Assert.Equal("2", BuildAndRun(packages));
    }

    private string BuildAndRun(string packages)
    {
        Finished build = MiniTraderProcess.Dotnet(
            _folder, "build", "P/MiniTrader.P.csproj", "-c", "Release", "-nodeReuse:false", "-p:UseSharedCompilation=false", $"-p:NuGetPackageRoot={Path.TrimEndingDirectorySeparator(packages)}");
        Assert.True(build.ExitCode == 0, build.Output + build.Error);
        Finished run = MiniTraderProcess.Dotnet(_folder, Path.Combine("P", "bin", "Release", "net10.0", "MiniTrader.P.dll"));
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        return run.LastLine.Trim();
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    private static string Project(string properties, string rest) =>
        $"<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework>{properties}</PropertyGroup>{rest}</Project>";
}
