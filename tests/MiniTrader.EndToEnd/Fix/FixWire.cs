using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace MiniTrader.EndToEnd.Fix;

/// <summary>The scripts' end of a connection: text out, messages in, cut by their body length.</summary>
internal sealed partial class FixWire : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _room = new byte[8192];
    private string _held = "";

    public static async Task<FixWire> ConnectAsync(int port, CancellationToken cancel)
    {
        FixWire wire = new();
        await wire._socket.ConnectAsync(IPAddress.Loopback, port, cancel);
        return wire;
    }

    public async Task SendAsync(byte[] bytes, CancellationToken cancel) => await _socket.SendAsync(bytes, cancel);

    /// <summary>The next whole message, or null when the other side has hung up.</summary>
    public async Task<string?> ReadMessageAsync(CancellationToken cancel)
    {
        while (true)
        {
            if (Head().Match(_held) is { Success: true } head)
            {
                int end = head.Index + head.Length + int.Parse(head.Groups[1].Value, CultureInfo.InvariantCulture);
                int last = end + 3 <= _held.Length ? _held.IndexOf('\u0001', end + 3) : -1;
                if (last >= 0)
                {
                    string message = _held[head.Index..(last + 1)];
                    _held = _held[(last + 1)..];
                    return message;
                }
            }

            if (!await ReadAsync(cancel)) return null;
        }
    }

    /// <summary>Null when the other side hangs up with nothing more sent, otherwise what it sent.</summary>
    public async Task<string?> ReadEndAsync(CancellationToken cancel)
    {
        if (_held.Length > 0 || await ReadAsync(cancel)) return _held;
        Dispose();
        return null;
    }

    public void Dispose() => _socket.Dispose();

    private async Task<bool> ReadAsync(CancellationToken cancel)
    {
        try
        {
            int read = await _socket.ReceiveAsync(_room, cancel);
            _held += Encoding.Latin1.GetString(_room, 0, read);
            return read > 0;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return false;
        }
    }

    [GeneratedRegex("8=FIX[^\u0001]*\u00019=(\\d+)\u0001")]
    private static partial Regex Head();
}
