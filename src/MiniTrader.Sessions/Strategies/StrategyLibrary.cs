using System.Reflection;
using System.Runtime.Loader;
using MiniTrader.Strategies;

namespace MiniTrader.Sessions;

/// <summary>Finds strategy types: by name in the assemblies it was given, or in an assembly file that a user names.</summary>
public sealed class StrategyLibrary
{
    private readonly List<Type> _types;

    /// <param name="assemblies">Assemblies whose public strategies can be named.</param>
    public StrategyLibrary(params IEnumerable<Assembly> assemblies) =>
        _types = assemblies.Distinct().SelectMany(StrategiesIn).OrderBy(t => t.Name, StringComparer.Ordinal).ToList();

    /// <summary>Every strategy that can be named.</summary>
    public IReadOnlyList<Type> Types => _types;

    /// <summary>Takes in one more type, such as the one that a one-file program passes.</summary>
    public StrategyLibrary With(Type type)
    {
        if (!_types.Contains(type)) _types.Add(type);
        return this;
    }

    /// <summary>
    /// Finds a strategy by <c>Name</c>, <c>Namespace.Name</c>, <c>FILE.dll</c> when it holds a single one, or <c>FILE.dll:Name</c>.
    /// </summary>
    /// <exception cref="ArgumentException">Nothing fits, or more than one does; the sentence lists what there is.</exception>
    public Type Find(string name)
    {
        (string? file, string rest) = Split(name);
        return file is null ? Pick(_types, name, "this program") : Pick(LoadTypes(file), rest.TrimStart(':'), file);
    }

    /// <summary>Every strategy of an assembly file, by name.</summary>
    /// <exception cref="ArgumentException">The file is not there, cannot be loaded, or has none.</exception>
    public static IReadOnlyList<Type> In(string file)
    {
        Type[] types = [.. LoadTypes(file).OrderBy(t => t.Name, StringComparer.Ordinal)];
        return types.Length > 0 ? types : throw new ArgumentException($"{file} has no strategies. A strategy is a public class that derives from Strategy.");
    }

    /// <summary>A strategy's name that finds the same from any directory: a file's full path, any other name as it is.</summary>
    public static string FullName(string name)
    {
        (string? file, string rest) = Split(name);
        return file is null ? name : Path.GetFullPath(file) + rest;
    }

    private static (string? File, string Name) Split(string name)
    {
        const string Extension = ".dll";
        int end = name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)
            ? name.Length
            : name.LastIndexOf(Extension + ":", StringComparison.OrdinalIgnoreCase) is >= 0 and int at ? at + Extension.Length : -1;
        return end < 0 ? (null, name) : (name[..end], name[end..]);
    }

    private static Type Pick(List<Type> types, string name, string place)
    {
        List<Type> found = name.Length == 0
            ? types
            : types.Where(t => t.Name.Equals(name, StringComparison.OrdinalIgnoreCase) || string.Equals(t.FullName, name, StringComparison.Ordinal)).ToList();
        if (found.Count == 1) return found[0];
        string there = types.Count == 0 ? "There are none." : $"There are: {string.Join(", ", types.Select(t => t.Name))}.";
        if (name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException($"'{name}' is source code. A program of one file runs by itself, as in dotnet run {name} -- backtest; a class library is built first and named by its .dll.");
        throw new ArgumentException(found.Count == 0
            ? $"No strategy called '{name}' is in {place}. {there}"
            : $"More than one strategy in {place} fits; add its name, as in FILE.dll:Name. {there}");
    }

    private static List<Type> LoadTypes(string file)
    {
        string path = Path.GetFullPath(file);
        if (!File.Exists(path)) throw new ArgumentException($"The strategy file {file} does not exist. Build your project and name its .dll.");
        try
        {
            return StrategiesIn(new StrategyLoadContext(path).LoadFromAssemblyPath(path)).ToList();
        }
        catch (BadImageFormatException)
        {
            throw new ArgumentException($"{file} is not a .NET assembly.");
        }
        catch (ReflectionTypeLoadException e)
        {
            string why = e.LoaderExceptions.OfType<Exception>().FirstOrDefault()?.Message ?? e.Message;
            throw new ArgumentException($"{file} cannot be read whole: {why} Build it again against this version and put what it needs beside it.", e);
        }
        catch (Exception e) when (e is FileLoadException or FileNotFoundException or TypeLoadException)
        {
            throw new ArgumentException($"{file} cannot be loaded: {e.Message} Build it again against this version and put what it needs beside it.", e);
        }
    }

    private static IEnumerable<Type> StrategiesIn(Assembly assembly) =>
        assembly.GetTypes().Where(t => t is { IsAbstract: false, IsClass: true } && t.IsSubclassOf(typeof(Strategy)) && (t.IsPublic || assembly == Assembly.GetEntryAssembly()));

    /// <summary>Loads a user's assembly and what lies beside it, but shares every assembly that this process has already.</summary>
    private sealed class StrategyLoadContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            Assembly? shared = Default.Assemblies.FirstOrDefault(a => a.GetName().Name == assemblyName.Name);
            if (shared is not null) return shared;
            if (assemblyName.Name is { } name && name.StartsWith("MiniTrader.", StringComparison.Ordinal) && TryLoadOurs(assemblyName) is { } ours) return ours;
            string? found = _resolver.ResolveAssemblyToPath(assemblyName);
            return found is null ? null : LoadFromAssemblyPath(found);
        }

        /// <summary>One that this program has but not loaded yet; null for a project of ours that only the user's assembly has.</summary>
        private static Assembly? TryLoadOurs(AssemblyName name)
        {
            try
            {
                return Default.LoadFromAssemblyName(name);
            }
            catch (FileNotFoundException)
            {
                return null;
            }
        }
    }
}
