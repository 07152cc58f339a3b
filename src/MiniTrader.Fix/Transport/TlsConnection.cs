using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace MiniTrader.Fix;

/// <summary>
/// TLS over TCP. The stream works on the thread pool with one read and one write at a time under way; the FIX thread looks whether they are done.
/// It allocates where the framework does.
/// </summary>
internal sealed class TlsConnection : FixConnection
{
    private readonly SslStream _stream;
    private readonly Task _handshake;
    private readonly byte[] _read = new byte[1 << 15];
    private readonly byte[] _write = new byte[1 << 15];
    private Task<int>? _reading;
    private Task? _writing;
    private int _readStart;
    private int _readEnd;
    private bool _endsWhenWritten;

    private TlsConnection(Socket socket, SslStream stream, Task handshake)
        : base(socket)
    {
        _stream = stream;
        _handshake = handshake;
    }

    public static TlsConnection AsClient(Socket socket, TlsSettings tls, string host)
    {
        SslStream stream = new(new NetworkStream(socket, ownsSocket: false));
        return new(socket, stream, stream.AuthenticateAsClientAsync(TlsOptions.Client(tls, host)));
    }

    public static TlsConnection AsServer(Socket socket, SslServerAuthenticationOptions options)
    {
        SslStream stream = new(new NetworkStream(socket, ownsSocket: false));
        return new(socket, stream, stream.AuthenticateAsServerAsync(options));
    }

    public override int Receive(Span<byte> target)
    {
        if (!IsReady(_handshake)) return Fault.Length > 0 ? Ended : Nothing;
        if (_readStart == _readEnd)
        {
            _reading ??= _stream.ReadAsync(_read).AsTask();
            if (!IsReady(_reading)) return Fault.Length > 0 ? Ended : Nothing;
            (_readStart, _readEnd) = (0, _reading.Result);
            _reading = null;
            if (_readEnd == 0) return Ended;
        }

        int count = Math.Min(target.Length, _readEnd - _readStart);
        _read.AsSpan(_readStart, count).CopyTo(target);
        _readStart += count;
        return count;
    }

    public override int Send(ReadOnlySpan<byte> bytes)
    {
        if (!IsReady(_handshake) || (_writing is not null && !IsReady(_writing))) return Fault.Length > 0 ? Ended : Nothing;
        int count = Math.Min(bytes.Length, _write.Length);
        bytes[..count].CopyTo(_write);
        _writing = _stream.WriteAsync(_write.AsMemory(0, count)).AsTask();
        return count;
    }

    public override void EndSending()
    {
        if (_endsWhenWritten) return;
        _endsWhenWritten = true;
        Task last = _writing ?? Task.CompletedTask;
        _writing = _handshake.IsCompletedSuccessfully ? EndAsync(last) : last;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _stream.Dispose();
        base.Dispose(disposing);
    }

    private async Task EndAsync(Task last)
    {
        await last;
        await _stream.ShutdownAsync();
        Socket.Shutdown(SocketShutdown.Send);
    }

    private bool IsReady(Task task)
    {
        if (!task.IsCompleted) return false;
        if (task.IsCompletedSuccessfully) return true;
        Exception? cause = task.Exception?.InnerException;
        Fault = cause is AuthenticationException ? "TLS was refused: " + (cause.InnerException ?? cause).Message : cause?.Message ?? "cancelled";
        return false;
    }
}
