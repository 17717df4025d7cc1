using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Aside.Sapi
{
    /// <summary>
    /// Ends this process when its parent is gone, on a thread that needs nobody: it works while Node and SAPI are stuck.
    /// Windows only. (A host by fork() is in libuv's job, which does the same; a utility process is in none.)
    /// </summary>
    public static class ParentWatch
    {
        const uint Synchronize = 0x00100000;
        const uint QueryLimitedInformation = 0x1000;
        const uint Infinite = 0xFFFFFFFF;
        const uint ExitCode = 0;

        [DllImport("kernel32.dll", SetLastError = true)] static extern IntPtr OpenProcess(uint access, bool inherit, uint processId);
        [DllImport("kernel32.dll", SetLastError = true)] static extern bool GetProcessTimes(IntPtr process, out long creation, out long exit, out long kernel, out long user);
        [DllImport("kernel32.dll")] static extern uint WaitForSingleObject(IntPtr handle, uint milliseconds);
        [DllImport("kernel32.dll")] static extern bool TerminateProcess(IntPtr process, uint exitCode);
        [DllImport("kernel32.dll")] static extern IntPtr GetCurrentProcess();

        /// <summary>Throws when the parent cannot be watched, which is worth a line in the log and no more.</summary>
        public static void Start(int parentId)
        {
            IntPtr parent = OpenProcess(Synchronize | QueryLimitedInformation, false, (uint)parentId);
            int error = Marshal.GetLastWin32Error();
            const int InvalidParameter = 87; // there is no such process
            if (parent == IntPtr.Zero && error != InvalidParameter) throw new System.ComponentModel.Win32Exception(error);
            // A number is given out again: what is younger than this process is not its parent.
            if (parent == IntPtr.Zero || CreationOf(parent) > CreationOf(GetCurrentProcess()))
            {
                TerminateProcess(GetCurrentProcess(), ExitCode);
                return;
            }
            var thread = new Thread(delegate()
            {
                WaitForSingleObject(parent, Infinite);
                TerminateProcess(GetCurrentProcess(), ExitCode);
            });
            thread.IsBackground = true;
            thread.Name = "aside-parent-watch";
            thread.Start();
        }

        static long CreationOf(IntPtr process)
        {
            long creation, exit, kernel, user;
            return GetProcessTimes(process, out creation, out exit, out kernel, out user) ? creation : 0;
        }
    }
}
