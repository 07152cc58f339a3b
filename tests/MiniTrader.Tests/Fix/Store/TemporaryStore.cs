using MiniTrader.Fix;
using MiniTrader.Model;

namespace MiniTrader.Tests.Fix.Store;

/// <summary>A store file in a folder of its own that goes when its test is over.</summary>
internal sealed class TemporaryStore : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minitrader-store-").FullName;

    public static Timestamp Now { get; } = Timestamp.Parse("2024-03-04T09:00:00Z");

    public string Path => System.IO.Path.Combine(_folder, "session" + FileMessageStore.Extension);

    public FileMessageStore Open() => FileMessageStore.Open(Path, Now);

    /// <summary>A message whose bytes follow from its number, of a length that differs from number to number.</summary>
    public static byte[] MessageOf(long number)
    {
        SeededRandom random = new((ulong)number);
        byte[] message = new byte[1 + random.NextInt64(300)];
        for (int i = 0; i < message.Length; i++) message[i] = (byte)random.NextUInt64();
        return message;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
