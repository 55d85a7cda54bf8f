using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using NUnit.Framework;
using PushHost.ServiceInterface.Storage;

namespace PushHost.Tests.Support.Databases;

/// <summary>A throw-away PostgreSQL on a free loopback port, started by the first test that needs one and stopped at the end of the run.</summary>
internal sealed class PostgresCluster : IDisposable
{
    private const string Template = "pushhost_template";
    private static readonly object Gate = new();
    private static PostgresCluster? _shared;
    private static int _databases;

    private readonly string _folder = Directory.CreateTempSubdirectory("pushhost-pg-").FullName;
    private readonly int _port;
    private Process _server;

    /// <summary>Starts a cluster of its own.</summary>
    public PostgresCluster()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_111_111);
        Run("initdb", "-D", Data, "-U", "pushhost", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions");
        _server = Serve();
        Execute("postgres", $"CREATE DATABASE {Template}");
        using (var start = Database.Of(new StorageSettings { Provider = "postgres", ConnectionString = ConnectionString(Template) + ";Pooling=false" }, "/").Start())
            start.Migrate();
    }

    /// <summary>The test run's cluster. Skips the test where there is no PostgreSQL on this machine, or fails it where it is required.</summary>
    public static PostgresCluster Shared
    {
        get
        {
            Component.Need("postgres");
            lock (Gate)
                return _shared ??= new PostgresCluster();
        }
    }

    private string Data => Path.Combine(_folder, "data");

    /// <summary>Ends the test run's cluster, if any test started it.</summary>
    public static void EndShared()
    {
        lock (Gate)
        {
            _shared?.Dispose();
            _shared = null;
        }
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={_port};Username=pushhost;Database={database}";

    /// <summary>Makes a database as another one is; without one, a migrated and empty one. Answers its name.</summary>
    public string CreateDatabase(string template = Template)
    {
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        Execute("postgres", $"CREATE DATABASE {name} TEMPLATE {template}");
        return name;
    }

    public void DropDatabase(string name) => Execute("postgres", $"DROP DATABASE {name} WITH (FORCE)");

    /// <summary>Ends all connections to a database and lets no more in.</summary>
    public async Task CloseAsync(string name)
    {
        Execute("postgres", $"ALTER DATABASE {name} ALLOW_CONNECTIONS false");
        Execute("postgres", $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        await using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '{name}'", connection);
        await TestHostRequests.Until(async () => (long)(await command.ExecuteScalarAsync())!, left => left == 0);
    }

    /// <summary>Stops the server as a crash would.</summary>
    public void Stop()
    {
        Run("pg_ctl", "stop", "-D", Data, "-m", "immediate", "-w");
        _server.WaitForExit();
        _server.Dispose();
    }

    /// <summary>Starts it again.</summary>
    public void Start() => _server = Serve();

    /// <summary>Stops the server as a crash would, and starts it again.</summary>
    public void Restart()
    {
        Stop();
        Start();
    }

    public void Dispose()
    {
        Stop();
        Run("rm", "-rf", Data);
        Directory.Delete(_folder, recursive: true);
    }

    // A test's database is gone with the run: nothing of it needs to survive a power cut.
    private Process Serve()
    {
        var server = Process.Start(As(
            "postgres", "-D", Data, "-h", "127.0.0.1", "-p", $"{_port}", "-k", "", "-c", "fsync=off", "-c", "full_page_writes=off",
            "-c", "max_connections=800", "-c", "shared_buffers=128MB", "-c", "max_wal_size=4GB", "-c", "logging_collector=off", "-c", "log_min_messages=fatal"))!;
        server.ErrorDataReceived += (_, _) => { };
        server.BeginErrorReadLine();
        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                Execute("postgres", "SELECT 1");
                return server;
            }
            catch (NpgsqlException) when (!server.HasExited && TimeProvider.System.GetElapsedTime(started) < TestHost.Deadline)
            {
                server.WaitForExit(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    private void Execute(string database, string statement)
    {
        using var connection = new NpgsqlConnection(ConnectionString(database) + ";Pooling=false;Timeout=60;Command Timeout=60");
        connection.Open();
#pragma warning disable CA2100 // The names are this class's own.
        using var command = new NpgsqlCommand(statement, connection);
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static void Run(string program, params string[] args)
    {
        using var process = Process.Start(As(program, args))!;
        var error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {error}");
    }

    // PostgreSQL refuses to run as root.
    private static ProcessStartInfo As(string program, params string[] args)
    {
        var root = Environment.UserName == "root";
        var start = new ProcessStartInfo(root ? "setpriv" : program)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = false,
            WorkingDirectory = "/",
        };
        if (root)
        {
            foreach (var arg in new[] { "--reuid=nobody", "--regid=nogroup", "--clear-groups", program })
                start.ArgumentList.Add(arg);
        }
        foreach (var arg in args)
            start.ArgumentList.Add(arg);
        return start;
    }
}
