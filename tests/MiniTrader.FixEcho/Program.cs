using MiniTrader.FixEcho;

return args switch
{
    ["store-writer", string path] => StoreWriter.Run(path),
    _ => 2,
};
