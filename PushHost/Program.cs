using System.CommandLine;
using PushHost.Commands;

// Every command of PushHost. Without one it serves: Commands/ServeCommand.cs is the server's whole startup.
var root = new RootCommand("PushHost: a self-hosted push notification server. Without a command it serves.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    MigrateCommand.Create(),
    KeysCommand.Create(),
    SimulatorCommand.Create(),
};
return await CommandLine.RunAsync(root, args);
