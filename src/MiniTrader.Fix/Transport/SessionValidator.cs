namespace MiniTrader.Fix;

/// <summary>The validator that a session's settings ask for. Cold code.</summary>
internal static class SessionValidator
{
    public static (MessageValidator? Validator, DataFields? DataFields) Build(SessionSettings settings)
    {
        ValidationSettings validation = settings.Validation;
        if (!validation.UseDataDictionary) return (null, null);
        string? path = settings.Id.IsFixt ? validation.TransportDataDictionary : validation.DataDictionary;
        if (path is null) return (null, null);
        FixDictionary session = Open(path);
        FixDictionary? application = settings.Id.IsFixt && validation.AppDataDictionary is { } app ? Open(app) : null;
        return (new(session, application, validation.Options), (application ?? session).DataFields);
    }

    private static FixDictionary Open(string path) => path == FixDictionary.BuiltInName ? FixDictionary.BuiltIn : FixDictionary.Load(path);
}
