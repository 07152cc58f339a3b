namespace MiniTrader.DataTools;

/// <summary>One import: where events go, what to do with bad rows, and the books of its files. One thread.</summary>
public sealed class ImportRun(IEventSink sink, bool skipBad = false)
{
    private readonly List<FileAccount> _accounts = [];
    private readonly List<string> _remarks = [];

    public IEventSink Sink { get; } = sink;

    public bool SkipBad { get; } = skipBad;

    public IReadOnlyList<FileAccount> Accounts => _accounts;

    /// <summary>What a reader of the result should know: which time zone and which tick size were assumed, and from where.</summary>
    public IReadOnlyList<string> Remarks => _remarks;

    /// <summary>Told of every file when it begins and when its books are closed.</summary>
    public event Action<FileAccount>? Began;

    /// <inheritdoc cref="Began"/>
    public event Action<FileAccount>? Ended;

    /// <summary>Told of the bytes taken from input files, as stored on disk.</summary>
    public event Action<long>? BytesRead;

    public FileAccount Begin(string path)
    {
        FileAccount account = new(path, SkipBad);
        _accounts.Add(account);
        Began?.Invoke(account);
        return account;
    }

    public void End(FileAccount account) => Ended?.Invoke(account);

    public void Remark(string sentence)
    {
        if (!_remarks.Contains(sentence)) _remarks.Add(sentence);
    }

    internal void ReportBytes(long bytes) => BytesRead?.Invoke(bytes);
}
