using PushHost.Simulator;

return await SimulatorProgram.RunAsync(args, CancellationToken.None);
