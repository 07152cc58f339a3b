using MiniTrader.Fix;
using MiniTrader.FixEcho;

switch (args)
{
    case ["--settings", string path]:
        return Serve(path);
    case ["store-writer", string path]:
        return StoreWriter.Run(path);
    default:
        Console.Error.WriteLine("usage: MiniTrader.FixEcho --settings FILE   (or store-writer FILE, which writes until it is killed)");
        return 2;
}

static int Serve(string path)
{
    EchoApplication application = new();
    IReadOnlyList<SessionSettings> sessions = SettingsReader.Read(path);
    foreach (SessionSettings settings in sessions)
    {
        string? dictionary = settings.Validation.AppDataDictionary ?? settings.Validation.DataDictionary;
        if (dictionary is not null) application.Sort(settings.Id, FixDictionary.Load(dictionary));
    }

    using FixEngine engine = new(sessions, application);
    foreach (FixSession session in engine.Sessions) session.Reset(session.Now);
    Console.WriteLine("ready");
    Console.Out.Flush();
    while (engine.DoWork() != MiniTrader.Ring.IAgent.Finished)
    {
    }

    return 0;
}
