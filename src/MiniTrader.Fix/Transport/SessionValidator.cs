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
        FixDictionary session = FixDictionary.Load(path);
        FixDictionary? application = settings.Id.IsFixt && validation.AppDataDictionary is { } app ? FixDictionary.Load(app) : null;
        return (new(session, application, validation.Options), (application ?? session).DataFields);
    }
}
