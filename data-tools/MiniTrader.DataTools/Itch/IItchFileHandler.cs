using MiniTrader.Feeds;

namespace MiniTrader.DataTools;

/// <summary>What <see cref="ItchFile"/> calls: the decoder's messages and what stands between them that is none.</summary>
internal interface IItchFileHandler : IItchHandler
{
    /// <summary>Bytes that are no message of the specification.</summary>
    void OnFault(string reason, ReadOnlySpan<byte> bytes);

    /// <summary>The end mark: a length of zero at the end of the file.</summary>
    void OnEndMark();
}
